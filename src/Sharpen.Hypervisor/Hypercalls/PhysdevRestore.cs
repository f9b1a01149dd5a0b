using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// A device was reset: its messages are written again. <see cref="Errno.NoDev"/>: it was never announced; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.RestoreMsiExtended)]
public readonly struct PhysdevRestore : IHypercall<PhysdevPciDevice>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevPciDevice arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return PciDevices.Restore(arguments.Segment, arguments.Bus, arguments.DevFn);
    }
}
