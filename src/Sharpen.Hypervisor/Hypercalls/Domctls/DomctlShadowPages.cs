using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Shadows of page tables, to log what a domain writes: there are none, so that a look at the log finds nothing written. <see cref="Errno.OpNotSupp"/>: to
/// begin a log; <see cref="Errno.Inval"/>: anything else, and of the caller's own.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.ShadowOp, WritesBack = true)]
public readonly struct DomctlShadowPages : IDomctl<DomctlShadow>
{
    private const uint LogsWrites = 4;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlShadow arguments)
    {
        if (target.Id == caller.Id.Domain)
        {
            return Errno.Inval;
        }

        return arguments.Command switch
        {
            DomctlShadowCommand.EnableLog => Errno.OpNotSupp,
            DomctlShadowCommand.Enable when arguments.Mode == LogsWrites => Errno.OpNotSupp,
            DomctlShadowCommand.Clean or DomctlShadowCommand.Peek when arguments.Mode == 0 => Errno.None,
            _ => Errno.Inval,
        };
    }
}
