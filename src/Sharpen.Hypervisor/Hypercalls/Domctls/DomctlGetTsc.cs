using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>How a domain sees the time stamp counter: as it is. <see cref="Errno.Inval"/>: the caller's own.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetTscInfo, WritesBack = true)]
public readonly struct DomctlGetTsc : IDomctl<DomctlTsc>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlTsc arguments)
    {
        if (target.Id == caller.Id.Domain)
        {
            return Errno.Inval;
        }

        arguments = target.Tsc with { Kilohertz = (uint)Math.Min(Clock.TicksPerSecond / 1000, uint.MaxValue), Elapsed = 0 };
        return 0;
    }
}
