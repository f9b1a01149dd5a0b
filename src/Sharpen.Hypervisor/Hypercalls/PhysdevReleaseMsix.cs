using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The places of a device's registers may change again; its table is looked up when it is used, so nothing is to be done. <see cref="Errno.NoDev"/>: it was never announced; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.ReleaseMsix)]
public readonly struct PhysdevReleaseMsix : IHypercall<PhysdevPciDevice>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevPciDevice arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return PciDevices.IsKnown(arguments.Segment, arguments.Bus, arguments.DevFn) ? 0 : Errno.NoDev;
    }
}
