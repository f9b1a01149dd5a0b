using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The caller has found a PCI device of segment 0, and knows whether it is a virtual function. <see cref="Errno.Inval"/>: both virtual and extended
/// are not 0 or 1; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.ManagePciAddExtended)]
public readonly struct PhysdevManageAddExtended : IHypercall<PhysdevManagePciExtended>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevManagePciExtended arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return arguments.IsVirtualFunction > 1 || arguments.IsExtendedFunction > 1 ? Errno.Inval : PciDevices.Add(0, arguments.Bus, arguments.DevFn);
    }
}
