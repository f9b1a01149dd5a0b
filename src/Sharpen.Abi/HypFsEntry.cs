namespace Sharpen.Abi;

/// <summary><c>struct xen_hypfs_direntry</c>: what an entry of the hypervisor's file system is. Source: <c>hypfs.h</c>.</summary>
public struct HypFsEntry : IAbiData
{
    /// <summary><c>type</c></summary>
    public HypFsType Type;

    /// <summary><c>encoding</c></summary>
    public HypFsEncoding Encoding;

    /// <summary><c>pad</c>: zero</summary>
    public ushort Padding;

    /// <summary><c>content_len</c>: bytes</summary>
    public uint Length;

    /// <summary><c>max_write_len</c>: bytes, 0 if it cannot be written</summary>
    public uint MostWritten;
}
