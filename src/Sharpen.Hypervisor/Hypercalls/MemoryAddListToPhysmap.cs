using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary><see cref="Errno.Acces"/>: only for guests whose memory the host translates; <see cref="Errno.OpNotSupp"/>: a range of pages, which only the other call takes; <see cref="Errno.Srch"/>; <see cref="Errno.Perm"/>.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.AddToPhysmapBatch)]
public readonly struct MemoryAddListToPhysmap : IHypercall<AddToPhysmapBatch>
{
    private const ushort RangeSpace = 3;

    public static Answer Execute(ref Vcpu caller, ref AddToPhysmapBatch arguments)
    {
        if (arguments.Space == RangeSpace)
        {
            return Errno.OpNotSupp;
        }

        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.Domain, out Errno error);
        return Refs.IsNull(ref domain) ? error : Errno.Acces;
    }
}
