using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Hypervisor.Unpacking;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Boot;

/// <summary>
/// What the boot modules are: the first is the control domain's kernel, the second its ramdisk. One whose line begins with the word
/// <c>domu</c> is neither but a guest to start at once: domain 1, 2 and so on.
/// </summary>
public static class GuestModules
{
    /// <summary>Builds and starts them all; a guest that cannot be is named, with the reason, and passed over. Without its control domain the host stops.</summary>
    public static void Start()
    {
        int kernel = -1;
        ReadOnlySpan<byte> ramdisk = default;
        MachineAddress ramdiskPlace = default;
        ushort guests = 0;
        int index = 0;
        foreach (BootModule module in BootLoader.Information.Modules)
        {
            ReadOnlySpan<byte> line = BootLoader.Information.Arguments(module.CommandLine);
            if (TryGuestLine(ref line))
            {
                guests++;
                StartGuest(new DomainId(guests), in module, line);
            }
            else if (kernel < 0)
            {
                kernel = index;
            }
            else if (ramdisk.IsEmpty)
            {
                ramdisk = ModuleKernel.BytesOf(new DomainId(0), in module);
                ramdiskPlace = module.Start;
                WarnOfRamdisk(index, ramdisk);
            }
            else
            {
                Log.Warning($"boot module {index}: neither kernel nor ramdisk of domain 0, nor marked as a guest with 'domu': ignored");
            }

            index++;
        }

        if (kernel >= 0 && !ControlDomain.Start(in BootLoader.Information.Modules[kernel], ramdisk, ramdiskPlace))
        {
            Fatal.Stop("Cannot go on without the control domain");
        }

        if (kernel < 0 && index != 0)
        {
            Log.Info($"No kernel of domain 0 among the boot modules: guests run without it");
        }

        MemoryBoot.ReleaseHeld();
        if (index == 0)
        {
            Log.Info($"No boot module, so no guest: the loader's menu entry should load a kernel as the first module and its ramdisk as the second");
        }
    }

    /// <summary>Why a domain was not built, for people.</summary>
    internal static string Reason(Errno error) => error switch
    {
        Errno.NoExec => "not a 64-bit kernel for Xen's PV interface",
        Errno.Inval => "its headers, notes or options make no sense",
        Errno.NoMem => "not enough memory",
        _ => "no room for it",
    };

    // The kernel would go on without what is missing and fail later.
    private static void WarnOfRamdisk(int index, ReadOnlySpan<byte> ramdisk)
    {
        if (RamdiskFile.IsCutShort(ramdisk))
        {
            Log.Warning($"d0: its ramdisk, boot module {index} of {ramdisk.Length} bytes, is cut short: copy it to the boot device anew");
        }
    }

    private static bool TryGuestLine(ref ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("domu"u8) || (line.Length > 4 && line[4] != (byte)' '))
        {
            return false;
        }

        line = line.Slice(Math.Min(line.Length, 5));
        return true;
    }

    private static void StartGuest(DomainId id, in BootModule module, ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> file = ModuleKernel.BytesOf(id, in module);
        if (file.IsEmpty)
        {
            return;
        }

        Result built = ModuleKernel.TryOpen(id, file, out ModuleKernel kernel) ? DomainBuilder.Build(id, kernel.Bytes, line) : Result.Success;
        kernel.Dispose();
        if (!built.Try(out Errno error))
        {
            Log.Warning($"d{id.Value}: cannot be built from its module: {Reason(error)}");
        }
    }
}
