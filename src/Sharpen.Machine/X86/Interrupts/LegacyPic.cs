using Sharpen.Machine.Io;

namespace Sharpen.Machine.Interrupts;

/// <summary>The two 8259 controllers: moved out of the way of the exceptions and masked. Source: 8259A data sheet.</summary>
public static class LegacyPic
{
    private const ushort MasterCommand = 0x20;
    private const ushort MasterData = 0x21;
    private const ushort SlaveCommand = 0xa0;
    private const ushort SlaveData = 0xa1;

    /// <summary>After this no legacy interrupt arrives.</summary>
    public static void Silence()
    {
        Port.Out8(MasterCommand, 0x11);
        Port.Out8(SlaveCommand, 0x11);
        Port.Out8(MasterData, 0x20);
        Port.Out8(SlaveData, 0x28);
        Port.Out8(MasterData, 4);
        Port.Out8(SlaveData, 2);
        Port.Out8(MasterData, 1);
        Port.Out8(SlaveData, 1);
        Port.Out8(MasterData, 0xff);
        Port.Out8(SlaveData, 0xff);
    }
}
