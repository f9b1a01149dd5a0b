namespace Sharpen.Toolstack.Building;

/// <summary>How a kernel is packed. Source: the magic numbers of each format.</summary>
public enum Compression
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>gzip</summary>
    Gzip,

    /// <summary>xz</summary>
    Xz,

    /// <summary>LZMA alone</summary>
    Lzma,

    /// <summary>bzip2</summary>
    Bzip2,

    /// <summary>Zstandard</summary>
    Zstd,

    /// <summary>LZ4, the legacy frame that Linux uses</summary>
    Lz4,

    /// <summary>LZO, lzop's format</summary>
    Lzo,
}
