using Sharpen.Abi;
using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Guest;

/// <summary>Faults that strike while the hypervisor itself runs.</summary>
public static class HostTraps
{
    /// <summary>True when a stub expected this fault and has been sent on; false when it is a bug.</summary>
    public static bool TryFixUp(ref CpuUserRegisters registers)
    {
        ulong continuation = Fixups.ContinuationOf(registers.Rip);
        if (continuation == 0)
        {
            return false;
        }

        registers.Rip = continuation;
        return true;
    }

    /// <summary>The address that the last page fault was about.</summary>
    public static ulong FaultAddress => Instructions.ReadCr2();

    /// <summary>The root of the page tables in use, as CR3 holds it.</summary>
    public static ulong TableRoot => Instructions.ReadCr3();
}
