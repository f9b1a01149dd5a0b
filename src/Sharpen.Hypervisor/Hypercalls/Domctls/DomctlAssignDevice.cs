using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Gives a device to a domain, or tells about it, which needs an IOMMU or an HVM guest: <see cref="Errno.OpNotSupp"/>.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.AssignDevice)]
[Hypercall(Hypercall.Domctl, DomctlCommand.TestAssignDevice)]
[Hypercall(Hypercall.Domctl, DomctlCommand.DeassignDevice)]
[Hypercall(Hypercall.Domctl, DomctlCommand.GetDeviceGroup)]
[Hypercall(Hypercall.Domctl, DomctlCommand.IoportMapping)]
public readonly struct DomctlAssignDevice : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        return Errno.OpNotSupp;
    }
}
