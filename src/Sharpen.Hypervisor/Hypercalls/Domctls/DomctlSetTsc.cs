using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Says how a domain sees the time stamp counter: the host's, or one of its own, which is emulated; without a wish its own only if that counted at
/// another rate before. Holds for vCPUs that are given their registers afterwards. <see cref="Errno.Inval"/>: no such mode, or the caller's own.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetTscInfo)]
public readonly struct DomctlSetTsc : IDomctl<DomctlTsc>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlTsc arguments)
    {
        if (target.Id == caller.Id.Domain || arguments.Mode > GuestTsc.Native)
        {
            return Errno.Inval;
        }

        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        target.Tsc.Set(arguments.Mode, arguments.Kilohertz, arguments.Incarnation, arguments.Elapsed);
        return 0;
    }
}
