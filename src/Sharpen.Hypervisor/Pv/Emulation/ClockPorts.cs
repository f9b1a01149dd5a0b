using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Io;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// The two ports of the real-time clock for a domain that may use them: which byte it chose is its own, so that no two disturb each other. The bit that
/// keeps NMIs from the CPU is not passed on. Source: Motorola MC146818A data sheet.
/// </summary>
internal static class ClockPorts
{
    private const ushort Index = 0x70;
    private const ushort Data = 0x71;
    private const uint IndexMask = ClockMemory.Size - 1;

    /// <summary>True for one of the two.</summary>
    internal static bool Has(ushort port) => port is Index or Data;

    /// <summary>Reads a byte.</summary>
    internal static uint Read(ref Domain domain, ushort port) => port == Index ? domain.ClockIndex : ClockMemory.Read(NoLocks.Held, domain.ClockIndex);

    /// <summary>Writes a byte.</summary>
    internal static void Write(ref Domain domain, ushort port, uint value)
    {
        if (port == Index)
        {
            domain.ClockIndex = (byte)(value & IndexMask);
        }
        else
        {
            ClockMemory.Write(NoLocks.Held, domain.ClockIndex, (byte)(value & 0xff));
        }
    }
}
