using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Sets how far the time of day of a domain is ahead of the host's, in seconds. <see cref="Errno.Inval"/>: by thousands of years.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetTimeOffset)]
public readonly struct DomctlSetTimeOffset : IDomctl<DomctlTimeOffset>
{
    // Years that no clock will show, so that sums do not run out of 64 bits.
    private const long Most = 1L << 40;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlTimeOffset arguments)
    {
        if (arguments.Seconds is > Most or < -Most)
        {
            return Errno.Inval;
        }

        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        target.TimeOffset = arguments.Seconds;
        WallClock.Publish(in held, ref target);
        return 0;
    }
}
