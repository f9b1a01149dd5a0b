using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Changes nothing: pins are programmed from what <see cref="PhysdevCommand.SetupGsi"/> said. <see cref="Errno.Inval"/>: there is no I/O APIC at
/// that address; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.ApicWrite)]
public readonly struct PhysdevWriteApic : IHypercall<PhysdevApic>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevApic arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return InterruptLines.Look(arguments.Address, arguments.Register).Try(out _, out Errno error) ? 0 : error;
    }
}
