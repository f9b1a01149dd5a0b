namespace Sharpen.Hypervisor.Unpacking;

/// <summary>How a kernel is packed, by the first bytes of it. Source: the formats' specifications; Linux, lib/decompress.c's list.</summary>
internal enum PackedFormat
{
    /// <summary>Not packed, or in a way we have never heard of.</summary>
    None,
    Gzip,
    Xz,
    Zstd,
    Bzip2,
    Lzma,
    Lzo,
    Lz4,
}
