using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The caller has found a PCI device. <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.PciDeviceAdd)]
public readonly struct PhysdevAddDevice : IHypercall<PhysdevPciDeviceAdd>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevPciDeviceAdd arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return PciDevices.Add(arguments.Segment, arguments.Bus, arguments.DevFn);
    }
}
