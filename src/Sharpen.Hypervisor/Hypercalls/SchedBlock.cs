using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Unmasks upcalls and sleeps until an event; does not sleep when one is pending.</summary>
[Hypercall(Hypercall.SchedOp, SchedCommand.Block)]
public readonly struct SchedBlock : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref VcpuInfo info = ref VcpuInfos.Of(ref caller);
        Volatile.Write(ref info.UpcallMask, 0);

        // First asleep, then a look: an event that comes between finds a sleeper to wake.
        VcpuGlue.Sleep(ref caller, VcpuHalt.Blocked);
        Interlocked.MemoryBarrier();
        if (EventBits.WantsUpcall(ref info))
        {
            VcpuGlue.Wake(ref DomainList.Of(ref caller), VcpuSet.Of(caller.Id.Index));
        }

        return 0;
    }
}
