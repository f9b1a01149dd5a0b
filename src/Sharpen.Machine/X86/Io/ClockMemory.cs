using Sharpen.Machine.Locks;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Io;

/// <summary>
/// The bytes that the real-time clock keeps, through the ports 0x70 and 0x71: all that is done for guests there goes through here, since the ports are a pair.
/// Source: Motorola MC146818A data sheet.
/// </summary>
public static class ClockMemory
{
    /// <summary>How many bytes there are.</summary>
    public const int Size = 128;

    private const ushort Index = 0x70;
    private const ushort Data = 0x71;

    private struct State
    {
        internal SpinLock<PciRank> Lock;
    }

    /// <summary>Reads a byte.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    /// <param name="outer">The same.</param>
    /// <param name="index">Which; what is beyond <see cref="Size"/> counts from the beginning again.</param>
    public static byte Read<TOuter>(scoped in Locked<TOuter> outer, byte index)
        where TOuter : IBefore<PciRank>
    {
        using Locked<PciRank> held = Root.Of<State>().Lock.Enter(outer);
        Port.Out8(Index, (byte)(index % Size));
        return Port.In8(Data);
    }

    /// <summary>Writes a byte; as <see cref="Read"/>.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void Write<TOuter>(scoped in Locked<TOuter> outer, byte index, byte value)
        where TOuter : IBefore<PciRank>
    {
        using Locked<PciRank> held = Root.Of<State>().Lock.Enter(outer);
        Port.Out8(Index, (byte)(index % Size));
        Port.Out8(Data, value);
    }
}
