using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The caller has found a PCI device of segment 0. <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.ManagePciAdd)]
public readonly struct PhysdevManageAdd : IHypercall<PhysdevManagePci>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevManagePci arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return PciDevices.Add(0, arguments.Bus, arguments.DevFn);
    }
}
