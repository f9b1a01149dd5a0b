using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Gives a domain a number for an interrupt: a pin's, or messages of a device, which are then the hypervisor's to program. <see cref="Errno.Srch"/>:
/// no such domain; <see cref="Errno.Perm"/>: by a caller that is not the hardware domain, a pin that it may not use, or for another; <see cref="Errno.Inval"/>:
/// a kind, number or index that there is not; <see cref="Errno.NoDev"/>: no such device, or it has no messages; <see cref="Errno.NxIo"/>: its table
/// cannot be reached; <see cref="Errno.Exist"/>: what was asked for is in use; <see cref="Errno.NoSpc"/>: nothing is free.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.MapPirq, WritesBack = true)]
public readonly struct PhysdevMap : IHypercall<PhysdevMapPirq>
{
    private const int SegmentShift = 16;

    public static Answer Execute(ref Vcpu caller, ref PhysdevMapPirq arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        ref Domain domain = ref Peers.Find(ref own, new DomainId(arguments.Domain));
        if (Refs.IsNull(ref domain))
        {
            return Errno.Srch;
        }

        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        if (!Map(ref own, ref domain, ref arguments).Try(out int pirq, out Errno error))
        {
            uint function = unchecked((uint)((arguments.Bus << 8) | arguments.DevFn));
            Log.Guest(LogLevel.Info, $"d{domain.Id.Value}: cannot map an interrupt of kind {(int)arguments.Type}, function {function:x} entry {arguments.EntryNumber}: error {(int)error}");
            return error;
        }

        arguments.Pirq = pirq;
        return 0;
    }

    private static Result<int> Map(ref Domain own, ref Domain domain, ref PhysdevMapPirq arguments)
    {
        switch (arguments.Type)
        {
            case MapPirqType.Gsi:
                return arguments.Index >= 0 && arguments.Index < InterruptLines.GsiCount && (!domain.IsHardware || !IoPermissions.MayUseIrq(ref own, arguments.Index))
                    ? Errno.Perm : DomainPirqs.MapPin(ref domain, arguments.Index, arguments.Pirq);
            case MapPirqType.Msi:
                return arguments.Bus is < 0 or > byte.MaxValue ? Errno.Inval : MapMessages(ref domain, ref arguments, 1);
            case MapPirqType.MsiSegment:
                return MapMessages(ref domain, ref arguments, 1);
            case MapPirqType.MultiMsi:
                return MapMessages(ref domain, ref arguments, arguments.EntryNumber);
            default:
                return Errno.Inval;
        }
    }

    // Segments other than 0 cannot be reached yet. A table has an address, and then its entry counts; without one it is MSI.
    private static Result<int> MapMessages(ref Domain domain, ref PhysdevMapPirq arguments, int count)
    {
        if (count is < 1 or > MessageLines.MostInGroup || !System.Numerics.BitOperations.IsPow2((ulong)(uint)count))
        {
            return Errno.Inval;
        }

        if (arguments.Bus >> SegmentShift != 0)
        {
            return Errno.NoDev;
        }

        bool isTable = arguments.TableBase != 0 && arguments.Type != MapPirqType.MultiMsi;
        if (isTable && arguments.EntryNumber < 0)
        {
            return Errno.Inval;
        }

        ushort function = (ushort)(((arguments.Bus & byte.MaxValue) << 8) | (arguments.DevFn & byte.MaxValue));
        return DomainPirqs.MapMessages(ref domain, function, isTable ? arguments.EntryNumber : -1, count, arguments.Pirq);
    }
}
