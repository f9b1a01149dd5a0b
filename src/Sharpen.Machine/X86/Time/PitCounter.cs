using Sharpen.Machine.Io;

namespace Sharpen.Machine.Time;

/// <summary>Channel 2 of the 8254, turned round so that it counts up. Source: Intel 82C54 data sheet, counter latch command.</summary>
internal readonly struct PitCounter : IReferenceCounter
{
    /// <inheritdoc/>
    public static uint Mask => 0xffff;

    /// <summary>Opens the gate without the speaker, and lets the channel count down from its top in mode 0.</summary>
    public static PitCounter Start()
    {
        Port.Out8(0x61, (byte)((Port.In8(0x61) & 0xfc) | 1));
        Port.Out8(0x43, 0xb0);
        Port.Out8(0x42, 0xff);
        Port.Out8(0x42, 0xff);
        return default;
    }

    /// <inheritdoc/>
    public uint Read()
    {
        Port.Out8(0x43, 0x80);
        uint low = Port.In8(0x42);
        return ~(low | ((uint)Port.In8(0x42) << 8));
    }
}
