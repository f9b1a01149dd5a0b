using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>What only a BIOS knows: of disks and the display nothing, of the keyboard that no shift key is held. <see cref="Errno.Srch"/>: nothing more of that kind; <see cref="Errno.NoSys"/>: of EFI, without which the host was started; <see cref="Errno.Inval"/>: no such kind.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.FirmwareInfo, WritesBack = true)]
public readonly struct PlatformFirmwareInfo : IHypercall<PlatformFirmware>
{
    private const uint Disk = 1;
    private const uint DiskSignature = 2;
    private const uint Display = 3;
    private const uint Efi = 4;
    private const uint Keyboard = 5;

    public static Answer Execute(ref Vcpu caller, ref PlatformFirmware arguments)
    {
        switch (arguments.Type)
        {
            case Disk or DiskSignature or Display:
                return Errno.Srch;
            case Efi:
                return Errno.NoSys;
            case Keyboard when arguments.Index == 0:
                arguments.ShiftKeys = 0;
                return 0;
            case Keyboard:
                return Errno.Srch;
            default:
                return Errno.Inval;
        }
    }
}
