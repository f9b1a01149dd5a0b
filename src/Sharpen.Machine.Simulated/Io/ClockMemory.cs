using Sharpen.Machine.Locks;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Io;

/// <summary>The bytes that the pretend real-time clock keeps.</summary>
public static class ClockMemory
{
    /// <summary>How many bytes there are.</summary>
    public const int Size = 128;

    /// <summary>Reads a byte.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static byte Read<TOuter>(scoped in Locked<TOuter> outer, byte index)
        where TOuter : IBefore<PciRank>
    {
        _ = outer;
        return SimulatedMachine.Current.ClockMemory[index % Size];
    }

    /// <summary>Writes a byte.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void Write<TOuter>(scoped in Locked<TOuter> outer, byte index, byte value)
        where TOuter : IBefore<PciRank>
    {
        _ = outer;
        SimulatedMachine.Current.ClockMemory[index % Size] = value;
    }
}
