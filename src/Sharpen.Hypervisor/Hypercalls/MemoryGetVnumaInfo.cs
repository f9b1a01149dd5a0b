using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary><see cref="Errno.OpNotSupp"/>: no domain sees more than one node; <see cref="Errno.Inval"/>: the padding is not zero; <see cref="Errno.Srch"/>; <see cref="Errno.Perm"/>.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.GetVnumaInfo)]
public readonly struct MemoryGetVnumaInfo : IHypercall<VnumaTopology>
{
    public static Answer Execute(ref Vcpu caller, ref VnumaTopology arguments)
    {
        if (arguments.Padding != 0)
        {
            return Errno.Inval;
        }

        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.Domain, out Errno error);
        return Refs.IsNull(ref domain) ? error : Errno.OpNotSupp;
    }
}
