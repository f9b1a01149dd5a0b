using System;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>A kernel file as it was handed over: an ELF file, packed or not, or a bzImage that holds one.</summary>
internal readonly ref struct PackedKernel
{
    private readonly ReadOnlySpan<byte> _packed;

    private PackedKernel(PackedFormat format, ReadOnlySpan<byte> packed, ulong length)
    {
        Format = format;
        _packed = packed;
        Length = length;
    }

    /// <summary>How it is packed.</summary>
    internal PackedFormat Format { get; }

    /// <summary>How long it says it is, unpacked.</summary>
    internal ulong Length { get; }

    /// <summary>
    /// Looks at a file. <see cref="UnpackFault.Unsupported"/>: <see cref="Format"/> is none that we unpack, or the boot protocol is too
    /// old; <see cref="UnpackFault.Truncated"/>: the file ends before its kernel.
    /// </summary>
    internal static bool TryRead(ReadOnlySpan<byte> file, out PackedKernel kernel, out UnpackFault fault)
    {
        ReadOnlySpan<byte> packed = file;
        kernel = default;
        fault = UnpackFault.None;
        bool isImage = BzImage.Is(file);
        if (isImage && !BzImage.TryFind(file, out packed, out fault))
        {
            return false;
        }

        PackedFormat format = PackedFormats.Of(packed);
        kernel = new PackedKernel(format, packed, (ulong)(uint)packed.Length);
        switch (format)
        {
            case PackedFormat.None:
                return true;
            case PackedFormat.Gzip:
                kernel = new PackedKernel(format, packed, Gzip.DeclaredLength(packed));
                return true;
            case PackedFormat.Zstd when !isImage:
                bool isTold = Zstd.TryDeclaredLength(packed, out ulong length);
                kernel = new PackedKernel(format, packed, length);
                fault = isTold ? UnpackFault.None : UnpackFault.Unsupported;
                return isTold;
            case PackedFormat.Xz or PackedFormat.Zstd when isImage && packed.Length > sizeof(uint):
                // Linux's build puts the unpacked length behind the stream, as gzip has it in its own trailer.
                int end = packed.Length - sizeof(uint);
                kernel = new PackedKernel(format, packed.Slice(0, end), new ByteFields(packed).U32(end));
                return true;
            default:
                fault = UnpackFault.Unsupported;
                return false;
        }
    }

    /// <summary>Unpacks to exactly <see cref="Length"/> bytes.</summary>
    /// <param name="destination">At least as long; what lies behind the result may be overwritten.</param>
    /// <param name="fault">Why not.</param>
    internal bool TryUnpack(Span<byte> destination, out UnpackFault fault)
    {
        int length;
        bool isDone = Format switch
        {
            PackedFormat.Gzip => Gzip.TryUnpack(_packed, destination, out length, out fault),
            PackedFormat.Zstd => Zstd.TryUnpack(_packed, destination, out length, out fault),
            _ => Xz.TryUnpack(_packed, destination, out length, out fault),
        };
        if (isDone && (ulong)(uint)length != Length)
        {
            fault = UnpackFault.BadLength;
        }

        return fault == UnpackFault.None;
    }

    /// <summary>The file inside, when it is not packed.</summary>
    internal ReadOnlySpan<byte> Plain => _packed;
}
