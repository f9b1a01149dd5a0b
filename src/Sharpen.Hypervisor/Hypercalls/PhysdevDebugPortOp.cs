using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The caller resets a USB controller that might be the hypervisor's debug port; it has none. <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.DebugPort)]
public readonly struct PhysdevDebugPortOp : IHypercall<PhysdevDebugPort>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevDebugPort arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return 0;
    }
}
