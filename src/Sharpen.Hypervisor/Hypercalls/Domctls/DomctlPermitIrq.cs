using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Lets a domain use an interrupt, which the caller names by a number of its own, or no longer. <see cref="Errno.Inval"/>: there can be no such
/// number; <see cref="Errno.Perm"/>: the caller has not mapped it, or may not use it itself; <see cref="Errno.NoMem"/>: in too many pieces.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.IrqPermission)]
public readonly struct DomctlPermitIrq : IDomctl<DomctlIrqPermission>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlIrqPermission arguments)
    {
        if (arguments.Pirq >= (uint)DomainPirqs.Limit)
        {
            return Errno.Inval;
        }

        ref Domain own = ref DomainList.Of(ref caller);
        int line = DomainPirqs.LineOf(ref own, (int)arguments.Pirq);
        if (!IoPermissions.MayUseIrq(ref own, line))
        {
            return Errno.Perm;
        }

        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        return IoPermissions.SetIrq(held, ref target, (uint)line, arguments.Allow != 0);
    }
}
