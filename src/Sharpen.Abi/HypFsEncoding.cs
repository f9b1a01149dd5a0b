namespace Sharpen.Abi;

/// <summary>How an entry of the hypervisor's file system is packed. Source: <c>hypfs.h</c>.</summary>
public enum HypFsEncoding : byte
{
    /// <summary><c>XEN_HYPFS_ENC_PLAIN</c></summary>
    Plain = 0,

    /// <summary><c>XEN_HYPFS_ENC_GZIP</c></summary>
    Gzip = 1,
}
