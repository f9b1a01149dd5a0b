using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Hypercalls.Table;
using Sharpen.Hypervisor.Pv;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Boot;

/// <summary>What a guest's way in was about, by the entry vector that the stub left: a call, a fault, a return that failed.</summary>
public static class GuestEntry
{
    private const uint FirstInterrupt = 0x20;
    private const uint Syscall = 0x100;
    private const uint BadReturn = 0x200;

    /// <summary>True when the guest itself caused the entry, which is then served; false for an interrupt of the host's.</summary>
    public static bool TryServe(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        uint vector = registers.EntryVector;
        if (vector < FirstInterrupt)
        {
            GuestExceptions.Deliver(ref vcpu, ref registers, GuestCpu.FaultAddress);
            return true;
        }

        if (vector == Syscall)
        {
            HypercallEntry.Enter(ref vcpu, ref registers);
            return true;
        }

        // What the return raised is the guest's: it strikes where the return would have led.
        if ((vector & BadReturn) != 0)
        {
            GuestExceptions.Deliver(ref vcpu, ref registers, GuestCpu.FaultAddress);
            return true;
        }

        return false;
    }
}
