using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// A PCI device has gone. <see cref="Errno.NoDev"/>: it was never announced; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.PciDeviceRemove)]
public readonly struct PhysdevRemoveDevice : IHypercall<PhysdevPciDevice>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevPciDevice arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return PciDevices.Remove(arguments.Segment, arguments.Bus, arguments.DevFn);
    }
}
