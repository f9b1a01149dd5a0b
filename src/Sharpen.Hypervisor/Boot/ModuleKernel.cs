using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Unpacking;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The kernel in a boot module, unpacked if it was packed. What goes wrong is said with the domain's number.</summary>
internal ref struct ModuleKernel
{
    private HostBuffer _buffer;

    /// <summary>The ELF file, until <see cref="Dispose"/>; empty when there is none.</summary>
    internal ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>True when that is the whole module, as it lies there.</summary>
    internal bool IsModule { get; private set; }

    /// <summary>A module's bytes. Empty, and said so, when it does not lie where it can be read.</summary>
    internal static ReadOnlySpan<byte> BytesOf(DomainId id, scoped in BootModule module)
    {
        ReadOnlySpan<byte> file = module.Bytes <= int.MaxValue ? FirmwareMemory.Read(module.Start, (int)module.Bytes) : default;
        if (file.IsEmpty)
        {
            Log.Warning($"d{id.Value}: its module of {module.Bytes} bytes at {module.Start.Value:x} does not lie below 4 GiB, where it could be read");
        }

        return file;
    }

    /// <summary>Opens a file. False: said why; still to be disposed of.</summary>
    internal static bool TryOpen(DomainId id, ReadOnlySpan<byte> file, out ModuleKernel kernel)
    {
        kernel = default;
        if (!PackedKernel.TryRead(file, out PackedKernel packed, out UnpackFault fault))
        {
            return Refuse(id, packed.Format, fault);
        }

        if (packed.Format == PackedFormat.None)
        {
            kernel.Bytes = packed.Plain;
            kernel.IsModule = packed.Plain.Length == file.Length;
            return true;
        }

        if (!HostBuffer.Allocate(packed.Length, out kernel._buffer).Try(out _))
        {
            Log.Warning($"d{id.Value}: no memory in one piece to unpack its kernel: {packed.Length} bytes");
            return false;
        }

        Instant start = Clock.Now;
        if (!packed.TryUnpack(kernel._buffer.Bytes, out fault))
        {
            return Refuse(id, packed.Format, fault);
        }

        kernel.Bytes = kernel._buffer.Bytes.Slice(0, (int)packed.Length);
        Log.Info($"d{id.Value}: kernel unpacked, {PackedFormats.NameOf(packed.Format)}, {packed.Length} bytes, in {Clock.Now - start}");
        return true;
    }

    /// <summary>Gives the memory back that unpacking took.</summary>
    internal void Dispose()
    {
        Bytes = default;
        _buffer.Dispose();
    }

    private static bool Refuse(DomainId id, PackedFormat format, UnpackFault fault)
    {
        Log.Warning($"d{id.Value}: cannot unpack its kernel, {PackedFormats.NameOf(format)}: {Reason(fault)}");
        Log.Warning($"d{id.Value}: {(fault == UnpackFault.Unsupported ? "use a kernel packed by gzip, xz or zstd, or one that is not packed (vmlinux)" : fault == UnpackFault.NoMemory ? "the host needs more memory" : "the file is damaged: copy it to the boot device anew")}");
        return false;
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
        UnpackFault.NoMemory => "there is no memory to do it in",
        _ => "its data makes no sense",
    };
}
