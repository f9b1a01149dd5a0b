using System;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>Telling formats apart.</summary>
internal static class PackedFormats
{
    /// <summary>The format of packed data.</summary>
    internal static PackedFormat Of(ReadOnlySpan<byte> packed)
    {
        ByteFields fields = new(packed);
        return fields.U32(0) switch
        {
            0x587a37fd when fields.U16(4) == 0x005a => PackedFormat.Xz,
            0xfd2fb528 => PackedFormat.Zstd,
            0x184c2102 => PackedFormat.Lz4,
            uint first when (first & 0xffff) == 0x8b1f => PackedFormat.Gzip,
            uint first when (first & 0xffffff) == 0x685a42 => PackedFormat.Bzip2,
            uint first when (first & 0xffffff) == 0x00005d => PackedFormat.Lzma,
            uint first when (first & 0xffffff) == 0x5a4c89 => PackedFormat.Lzo,
            _ => PackedFormat.None,
        };
    }

    /// <summary>The format's name, for messages.</summary>
    internal static string NameOf(PackedFormat format) => format switch
    {
        PackedFormat.Gzip => "gzip",
        PackedFormat.Xz => "xz",
        PackedFormat.Zstd => "zstd",
        PackedFormat.Bzip2 => "bzip2",
        PackedFormat.Lzma => "lzma",
        PackedFormat.Lzo => "lzo",
        PackedFormat.Lz4 => "lz4",
        _ => "not packed",
    };
}
