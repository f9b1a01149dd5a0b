using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Says how a pin of an I/O APIC is wired; once. <see cref="Errno.Inval"/>: there is no such pin;
/// <see cref="Errno.Exist"/>: it was said before, or the pin is in use; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.SetupGsi)]
public readonly struct PhysdevSetGsi : IHypercall<PhysdevSetupGsi>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevSetupGsi arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return InterruptLines.SetUp(arguments.Gsi, arguments.Triggering != 0, arguments.Polarity != 0);
    }
}
