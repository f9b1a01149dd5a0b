using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Vectors are the hypervisor's own affair: the caller is told the number of the line. <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.AllocIrqVector, WritesBack = true)]
public readonly struct PhysdevAllocateVector : IHypercall<PhysdevIrq>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevIrq arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        arguments.Vector = arguments.Irq;
        return 0;
    }
}
