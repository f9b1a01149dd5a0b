using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>How a domain sees the time stamp counter, and for how long it has counted. <see cref="Errno.Inval"/>: the caller's own.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetTscInfo, WritesBack = true)]
public readonly struct DomctlGetTsc : IDomctl<DomctlTsc>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlTsc arguments)
    {
        if (target.Id == caller.Id.Domain)
        {
            return Errno.Inval;
        }

        bool isNative = target.Tsc.Mode == GuestTsc.Native;
        arguments.Mode = target.Tsc.Mode;
        arguments.Incarnation = target.Tsc.Incarnation;
        arguments.Kilohertz = isNative ? 0 : target.Tsc.Kilohertz;
        arguments.Elapsed = isNative ? 0 : target.Tsc.Elapsed(Clock.Now);
        return 0;
    }
}
