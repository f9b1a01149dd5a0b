using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>How much memory is set aside for the page tables of HVM guests: <see cref="Errno.OpNotSupp"/>.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetPagingMempoolSize)]
[Hypercall(Hypercall.Domctl, DomctlCommand.SetPagingMempoolSize)]
public readonly struct DomctlPagingPool : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        return Errno.OpNotSupp;
    }
}
