using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>How much of its cache a domain uses or may use, which nothing here counts or bounds: <see cref="Errno.NoDev"/>.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.PsrCmtOp)]
[Hypercall(Hypercall.Domctl, DomctlCommand.PsrAlloc)]
public readonly struct DomctlMonitorCache : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        return Errno.NoDev;
    }
}
