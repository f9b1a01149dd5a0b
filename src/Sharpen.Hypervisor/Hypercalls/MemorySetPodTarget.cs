using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary><see cref="Errno.Inval"/>: no memory of a PV domain comes only when it is touched; <see cref="Errno.Srch"/>; <see cref="Errno.Perm"/>.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.SetPodTarget)]
public readonly struct MemorySetPodTarget : IHypercall<PodTarget>
{
    public static Answer Execute(ref Vcpu caller, ref PodTarget arguments)
    {
        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.Domain, out Errno error);
        return Refs.IsNull(ref domain) ? error : Errno.Inval;
    }
}
