using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Memory;

/// <summary>The pretend machine's address space: places inside reservations of the test process, different for every machine.</summary>
internal static class AddressSpace
{
    /// <summary>Pages at a CPU's windows.</summary>
    internal const int WindowsPerCpu = 3;

    internal const int FirstSlot = 37;
    internal const int EndSlot = 61;

    internal static HostLinear MachineToPhysical => new(0x0000_1480_0000_0000);

    internal const ulong MachineToPhysicalBytes = 1UL << 38;

    internal static HostLinear Devices => new(0x0000_1a80_0000_0000);

    internal const ulong DevicesBytes = 1UL << 30;

    internal static HostLinear FrameTable => SimulatedMachine.Current.Memory.FrameTable;

    internal static ulong FrameLimit => SimulatedMachine.Current.Memory.FrameLimit;

    internal static ulong DirectMapFrames => SimulatedMachine.Current.Memory.DirectMapFrames;

    internal const int SharedSlots = 1;

    internal static HostLinear SharedSlot(int number)
    {
        _ = number;
        return Devices;
    }
}
