using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Lets a domain go on that stopped to be suspended; none can be suspended yet: <see cref="Errno.Inval"/>.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.ResumeDomain)]
public readonly struct DomctlResume : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        return Errno.Inval;
    }
}
