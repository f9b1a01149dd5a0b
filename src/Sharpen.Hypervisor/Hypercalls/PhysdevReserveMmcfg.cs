using Sharpen.Abi;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The caller says that firmware has set a part of configuration space aside; nothing depends on it. <see cref="Errno.NoDev"/>: the tables name
/// no such part; <see cref="Errno.Perm"/>: not the hardware domain.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.PciMmcfgReserved)]
public readonly struct PhysdevReserveMmcfg : IHypercall<PhysdevMmcfgReserved>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevMmcfgReserved arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        foreach (PciSegment segment in Firmware.Facts.PciSegments)
        {
            if (segment.Number == arguments.Segment && segment.Start.Value == arguments.Address)
            {
                return 0;
            }
        }

        return Errno.NoDev;
    }
}
