using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// A page where the caller reads, a bit for each number, which interrupts it must end. Ending an interrupt unmasks its port from then on. <see cref="Errno.Inval"/>: not a page of its
/// own; <see cref="Errno.Busy"/>: it has named one before, or a page table; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.PirqEoiPageV1)]
public readonly struct PhysdevEndPageV1 : IHypercall<PhysdevEoiPage>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevEoiPage arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        return DomainPirqs.KeepEndPage(ref own, new Mfn(arguments.Frame), unmasks: true);
    }
}
