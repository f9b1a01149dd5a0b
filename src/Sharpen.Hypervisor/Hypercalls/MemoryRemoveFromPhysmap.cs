using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary><see cref="Errno.Acces"/>: only for guests whose memory the host translates; <see cref="Errno.Srch"/>; <see cref="Errno.Perm"/>.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.RemoveFromPhysmap)]
public readonly struct MemoryRemoveFromPhysmap : IHypercall<RemoveFromPhysmap>
{
    public static Answer Execute(ref Vcpu caller, ref RemoveFromPhysmap arguments)
    {
        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.Domain, out Errno error);
        return Refs.IsNull(ref domain) ? error : Errno.Acces;
    }
}
