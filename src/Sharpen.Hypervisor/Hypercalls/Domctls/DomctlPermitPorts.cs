using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Lets a domain use I/O ports, or no longer. <see cref="Errno.Inval"/>: none, or beyond the last; <see cref="Errno.Perm"/>: the caller may not use all of them itself; <see cref="Errno.NoMem"/>: in too many pieces.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.IoportPermission)]
public readonly struct DomctlPermitPorts : IDomctl<DomctlPortPermission>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlPortPermission arguments)
    {
        if (arguments.First >= IoPermissions.PortLimit || arguments.Count == 0 || arguments.Count > IoPermissions.PortLimit - arguments.First)
        {
            return Errno.Inval;
        }

        if (!IoPermissions.MayUsePort(ref DomainList.Of(ref caller), (ushort)arguments.First, (int)arguments.Count))
        {
            return Errno.Perm;
        }

        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        return IoPermissions.SetPorts(held, ref target, arguments.First, arguments.Count, arguments.Allow != 0);
    }
}
