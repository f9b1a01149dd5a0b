using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Says whether a domain is debugged, which is only kept and told. <see cref="Errno.Inval"/>: the caller's own.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetDebugging)]
public readonly struct DomctlSetDebugging : IDomctl<DomctlDebugging>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlDebugging arguments)
    {
        if (target.Id == caller.Id.Domain)
        {
            return Errno.Inval;
        }

        target.IsDebugged = arguments.Enable != 0;
        return 0;
    }
}
