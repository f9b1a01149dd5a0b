using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary><see cref="Errno.NoDev"/>: nobody watches the accesses of a PV domain; <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: the caller's own, or not the caller's to watch.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.AccessOp)]
public readonly struct MemoryAccessOp : IHypercall<MemoryAccess>
{
    public static Answer Execute(ref Vcpu caller, ref MemoryAccess arguments)
    {
        ref Domain domain = ref MemoryTarget.FindOther(ref caller, arguments.Domain, out Errno error);
        return Refs.IsNull(ref domain) ? error : Errno.NoDev;
    }
}
