using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Lets a domain map frames of devices, or no longer; what it has mapped stays. <see cref="Errno.Inval"/>: the range wraps; <see cref="Errno.Perm"/>: the caller may not map all of them itself; <see cref="Errno.NoMem"/>: in too many pieces.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.IomemPermission)]
public readonly struct DomctlPermitFrames : IDomctl<DomctlFramePermission>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlFramePermission arguments)
    {
        Mfn first = new(arguments.First);
        if (first.Value != 0 && (arguments.Count == 0 || arguments.Count - 1 > ulong.MaxValue - first.Value))
        {
            return Errno.Inval;
        }

        if (!IoPermissions.MayMap(ref DomainList.Of(ref caller), first, arguments.Count))
        {
            return Errno.Perm;
        }

        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        return IoPermissions.SetFrames(held, ref target, first, arguments.Count, arguments.Allow != 0);
    }
}
