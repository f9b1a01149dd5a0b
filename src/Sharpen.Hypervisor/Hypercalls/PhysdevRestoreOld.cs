using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// A device of segment 0 was reset: its messages are written again. <see cref="Errno.NoDev"/>: it was never announced; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.RestoreMsi)]
public readonly struct PhysdevRestoreOld : IHypercall<PhysdevManagePci>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevManagePci arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return PciDevices.Restore(0, arguments.Bus, arguments.DevFn);
    }
}
