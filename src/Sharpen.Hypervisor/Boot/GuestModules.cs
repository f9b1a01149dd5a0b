using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Hypervisor.Unpacking;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Time;

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

        Result built = Unpack(id, file, out HostBuffer buffer, out ReadOnlySpan<byte> kernel) ? DomainBuilder.Build(id, kernel, line) : Result.Success;
        buffer.Dispose();
        if (!built.Try(out Errno error))
        {
            Log.Warning($"d{id.Value}: cannot be built from its module: {Reason(error)}");
        }
    }

    /// <summary>The kernel in a file, in a buffer of its own if it was packed. False: said why.</summary>
    private static bool Unpack(DomainId id, ReadOnlySpan<byte> file, out HostBuffer buffer, out ReadOnlySpan<byte> kernel)
    {
        buffer = HostBuffer.None;
        kernel = default;
        if (!PackedKernel.TryRead(file, out PackedKernel packed, out UnpackFault fault))
        {
            Log.Warning($"d{id.Value}: cannot unpack its kernel, {PackedFormats.NameOf(packed.Format)}: {Reason(fault)}");
            return false;
        }

        if (packed.Format == PackedFormat.None)
        {
            kernel = packed.Plain;
            return true;
        }

        if (!HostBuffer.Allocate(packed.Length, out buffer).Try(out _))
        {
            Log.Warning($"d{id.Value}: no memory in one piece to unpack its kernel: {packed.Length} bytes");
            return false;
        }

        Instant start = Clock.Now;
        if (!packed.TryUnpack(buffer.Bytes, out fault))
        {
            Log.Warning($"d{id.Value}: cannot unpack its kernel, {PackedFormats.NameOf(packed.Format)}: {Reason(fault)}");
            return false;
        }

        kernel = buffer.Bytes.Slice(0, (int)packed.Length);
        Log.Info($"d{id.Value}: kernel unpacked, {PackedFormats.NameOf(packed.Format)}, {packed.Length} bytes, in {Clock.Now - start}");
        return true;
    }

    private static string Reason(UnpackFault fault) => fault switch
    {
        UnpackFault.Truncated => "it is cut short",
        UnpackFault.BadHeader => "a header makes no sense",
        UnpackFault.BadCheck => "a checksum is wrong",
        UnpackFault.Unsupported => "not a way of packing that is known here",
        UnpackFault.TooLong => "it is longer than it says",
        UnpackFault.Trailing => "something follows its end",
        UnpackFault.BadLength => "its lengths contradict each other",
        _ => "its data makes no sense",
    };

    private static string Reason(Errno error) => error switch
    {
        Errno.NoExec => "not a 64-bit kernel for Xen's PV interface",
        Errno.Inval => "its headers, notes or options make no sense",
        Errno.NoMem => "not enough memory",
        _ => "no room for it",
    };
}
