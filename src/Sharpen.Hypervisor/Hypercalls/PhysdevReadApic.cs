using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// A register of an I/O APIC, as it is. <see cref="Errno.Inval"/>: there is none at that address; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.ApicRead, WritesBack = true)]
public readonly struct PhysdevReadApic : IHypercall<PhysdevApic>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevApic arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return InterruptLines.Look(arguments.Address, arguments.Register).Try(out arguments.Value, out Errno error) ? 0 : error;
    }
}
