using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// <see cref="Errno.OpNotSupp"/>: the frames of a grant table are to be had by other calls; <see cref="Errno.Inval"/>: a PV domain has no such thing, or the
/// range runs out of 32 bits; <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: the caller's own, or not the caller's to map.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.AcquireResource)]
public readonly struct MemoryAcquireResource : IHypercall<AcquireResource>
{
    private const ushort GrantTable = 1;

    public static Answer Execute(ref Vcpu caller, ref AcquireResource arguments)
    {
        if (arguments.Padding != 0 || arguments.Frame > uint.MaxValue - arguments.Frames)
        {
            return Errno.Inval;
        }

        ref Domain domain = ref MemoryTarget.FindOther(ref caller, arguments.Domain, out Errno error);
        if (Refs.IsNull(ref domain))
        {
            return error;
        }

        return arguments.Type == GrantTable ? Errno.OpNotSupp : Errno.Inval;
    }
}
