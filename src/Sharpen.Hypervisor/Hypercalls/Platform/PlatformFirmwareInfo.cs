using Sharpen.Abi;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>
/// What only the firmware knows. Of disks and the display nothing, of the keyboard that no shift key is held; of EFI where its tables are,
/// and its version. <see cref="Errno.Srch"/>: nothing more of that kind; <see cref="Errno.NoSys"/>: of EFI, without which the host was
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
            case <= EfiLast:
                return Errno.OpNotSupp;
            default:
                return Errno.Inval;
        }
    }
}
