namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.HypFsOp"/> is to do. Source: <c>hypfs.h</c>.</summary>
public enum HypFsCommand : uint
{
    /// <summary><c>XEN_HYPFS_OP_get_version</c></summary>
    GetVersion = 0,

    /// <summary><c>XEN_HYPFS_OP_read</c></summary>
    Read = 1,

    /// <summary><c>XEN_HYPFS_OP_write_contents</c></summary>
    WriteContents = 2,
}
