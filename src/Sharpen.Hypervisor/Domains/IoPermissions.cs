using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Io;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// Who may use which ports, interrupts and device frames. A new domain may use none. The hardware domain may use all but what the
/// hypervisor keeps for itself (<see cref="GiveHardware"/>); others what they are given.
/// </summary>
/// <remarks>Readers take no lock; one that meets a change is refused.</remarks>
public static class IoPermissions
{
    /// <summary>How many ports there are.</summary>
    public const uint PortLimit = 0x1_0000;

    /// <summary>The highest number of an interrupt.</summary>
    public const uint HighestIrq = 1023;

    /// <summary>True when a domain may use so many ports from one on. Any number may be asked for.</summary>
    public static bool MayUsePort(ref Domain domain, ushort port, int bytes) =>
        bytes is >= 1 and <= (int)PortLimit && (uint)bytes <= PortLimit - port && domain.Rights.Ports.Contains(port, port + (uint)bytes - 1);

    /// <summary>True when a domain may use an interrupt. Any number may be asked for.</summary>
    public static bool MayUseIrq(ref Domain domain, int irq) => irq >= 0 && domain.Rights.Irqs.Contains((ulong)irq, (ulong)irq);

    /// <summary>True when a domain may map all of so many frames that are no memory; false for none.</summary>
    public static bool MayMap(ref Domain domain, Mfn first, ulong frames) =>
        frames != 0 && frames - 1 <= ulong.MaxValue - first.Value && domain.Memory.Devices.Contains(first.Value, first.Value + (frames - 1));

    /// <summary>Lets a domain use ports, or no longer. EINVAL: none, or beyond the last; ENOMEM: too many ranges.</summary>
    public static Result SetPorts(scoped in Locked<DomainRank> held, ref Domain domain, uint first, uint count, bool mayUse)
    {
        _ = held;
        return first >= PortLimit || count == 0 || count > PortLimit - first ? Errno.Inval : Set(ref domain.Rights.Ports, first, first + (count - 1), mayUse);
    }

    /// <summary>Lets a domain use an interrupt, or no longer. EINVAL: there can be none of this number; ENOMEM: too many ranges.</summary>
    public static Result SetIrq(scoped in Locked<DomainRank> held, ref Domain domain, uint irq, bool mayUse)
    {
        _ = held;
        return irq > HighestIrq ? Errno.Inval : Set(ref domain.Rights.Irqs, irq, irq, mayUse);
    }

    /// <summary>Lets a domain map frames that are no memory, or no longer. EINVAL: none, or they wrap; ENOMEM: too many ranges.</summary>
    public static Result SetFrames(scoped in Locked<DomainRank> held, ref Domain domain, Mfn first, ulong count, bool mayUse)
    {
        _ = held;
        return count == 0 || count - 1 > ulong.MaxValue - first.Value
            ? Errno.Inval
            : Set(ref domain.Memory.Devices, first.Value, first.Value + (count - 1), mayUse);
    }

    /// <summary>
    /// Gives the hardware domain everything but what the hypervisor keeps: both interrupt controllers, the interval timer and its gate, the
    /// ports of PCI's configuration space (the use of these is arbitrated), the serial port, interrupt 0, the local APIC and where messages of interrupts go. More is taken away by whoever opens a device for the hypervisor. The domain does not run yet. ENOMEM.
    /// </summary>
    public static Result GiveHardware(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        const ulong LocalApic = 0xfee00;
        const ulong Messages = 0xff;
        const ulong SerialPorts = 8;
        ulong serial = SerialPort.FirstPort;
        domain.Rights = default;
        domain.Memory.Devices = default;
        ref IoRights rights = ref domain.Rights;
        bool given = rights.Ports.Add(0, PortLimit - 1).Try(out Errno error)
            && rights.Ports.Remove(0x20, 0x21).Try(out error)
            && rights.Ports.Remove(0xa0, 0xa1).Try(out error)
            && rights.Ports.Remove(0x40, 0x43).Try(out error)
            && rights.Ports.Remove(0x61, 0x61).Try(out error)
            && rights.Ports.Remove(0xcf8, 0xcff).Try(out error)
            && rights.Ports.Remove(serial, serial + SerialPorts - 1).Try(out error)
            && rights.Irqs.Add(1, HighestIrq).Try(out error)
            && domain.Memory.Devices.Add(0, (1UL << (CpuFeatures.Host.PhysicalBits - PageSize.Shift)) - 1).Try(out error)
            && domain.Memory.Devices.Remove(LocalApic, LocalApic + Messages).Try(out error);
        return given ? Result.Success : error;
    }

    private static Result Set(ref IoRanges ranges, ulong first, ulong last, bool mayUse) => mayUse ? ranges.Add(first, last) : ranges.Remove(first, last);
}
