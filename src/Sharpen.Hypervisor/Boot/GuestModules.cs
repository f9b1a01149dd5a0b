using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Boot;

/// <summary>Each boot module is a guest, until there is a control domain to start them: the first is domain 1.</summary>
public static class GuestModules
{
    /// <summary>Builds and starts them all; one that cannot be is named, with the reason, and passed over.</summary>
    public static void Start()
    {
        ref BootInformation boot = ref BootLoader.Information;
        ushort id = 1;
        foreach (BootModule module in boot.Modules)
        {
            Start(new DomainId(id), in module, boot.Arguments(module.CommandLine));
            id++;
        }

        if (id == 1)
        {
            Log.Info($"No boot module, so no guest");
        }
    }

    private static void Start(DomainId id, in BootModule module, ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> file = module.Bytes <= int.MaxValue ? FirmwareMemory.Read(module.Start, (int)module.Bytes) : default;
        if (file.IsEmpty)
        {
            Log.Warning($"d{id.Value}: its module does not lie below 4 GiB");
            return;
        }

        Result built = DomainBuilder.Build(id, file, line);
        if (!built.Try(out Errno error))
        {
            Log.Warning($"d{id.Value}: cannot be built from its module: {Reason(error)}");
        }
    }

    private static string Reason(Errno error) => error switch
    {
        Errno.NoExec => "not a 64-bit kernel for Xen's PV interface",
        Errno.Inval => "its headers, notes or options make no sense",
        Errno.NoMem => "not enough memory",
        _ => "no room for it",
    };
}
