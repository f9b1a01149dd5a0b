using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>
/// What only the firmware knows. Of disks and the display nothing, of the keyboard that no shift key is held; of EFI where its tables are,
/// its version and its vendor. <see cref="Errno.Srch"/>: nothing more of that kind; <see cref="Errno.NoSys"/>: of EFI, without which the host was
/// started; <see cref="Errno.OpNotSupp"/>: something else of EFI; <see cref="Errno.Inval"/>: no such kind.
/// </summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.FirmwareInfo, WritesBack = true)]
public readonly struct PlatformFirmwareInfo : IHypercall<PlatformFirmware>
{
    private const uint Disk = 1;
    private const uint DiskSignature = 2;
    private const uint Display = 3;
    private const uint Efi = 4;
    private const uint Keyboard = 5;

    private const uint EfiVersion = 0;
    private const uint EfiTables = 1;
    private const uint EfiVendor = 2;
    private const uint EfiServicesVersion = 4;
    private const uint EfiLast = 6;

    public static Answer Execute(ref Vcpu caller, ref PlatformFirmware arguments)
    {
        switch (arguments.Type)
        {
            case Disk or DiskSignature or Display:
                return Errno.Srch;
            case Efi:
                return TellOfEfi(ref arguments);
            case Keyboard when arguments.Index == 0:
                arguments.ShiftKeys = 0;
                return 0;
            case Keyboard:
                return Errno.Srch;
            default:
                return Errno.Inval;
        }
    }

    private static Answer TellOfEfi(ref PlatformFirmware arguments)
    {
        if (!EfiFirmware.IsPresent)
        {
            return Errno.NoSys;
        }

        switch (arguments.Index)
        {
            case EfiVersion or EfiServicesVersion:
                arguments.EfiVersion = EfiFirmware.Revision;
                return 0;
            case EfiTables:
                arguments.EfiTables = EfiFirmware.Tables.Value;
                arguments.EfiTableCount = EfiFirmware.TableCount;
                return 0;
            case EfiVendor:
                return TellOfVendor(ref arguments);
            case <= EfiLast:
                return Errno.OpNotSupp;
            default:
                return Errno.Inval;
        }
    }

    // As much of the name as there is room for, always with its zero.
    private static Answer TellOfVendor(ref PlatformFirmware arguments)
    {
        const uint Character = 2;
        arguments.EfiVendorRevision = EfiFirmware.VendorRevision;
        if (arguments.EfiVendorBytes < Character)
        {
            return 0;
        }

        ReadOnlySpan<byte> name = EfiFirmware.Vendor;
        name = name.Slice(0, (int)(Math.Min((uint)name.Length, arguments.EfiVendorBytes - Character) & ~1U));
        GuestLinear place = new(arguments.EfiVendorName);
        if (arguments.EfiVendorName > ulong.MaxValue - (ulong)(uint)name.Length - Character)
        {
            return Errno.Fault;
        }

        Result written = name.IsEmpty ? Result.Success : GuestMemory.WriteBytes(place, name);
        return written.Try(out _) ? GuestMemory.WriteBytes(new GuestLinear(arguments.EfiVendorName + (ulong)(uint)name.Length), "\0\0"u8) : written;
    }
}
