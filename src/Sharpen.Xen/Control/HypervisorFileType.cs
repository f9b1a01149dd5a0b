namespace Sharpen.Xen.Control;

/// <summary>What a file of the hypervisor holds. Source: <c>XEN_HYPFS_TYPE_*</c>, <c>hypfs.h</c>.</summary>
public enum HypervisorFileType : byte
{
    /// <summary><c>XEN_HYPFS_TYPE_DIR</c></summary>
    Folder = 0,

    /// <summary><c>XEN_HYPFS_TYPE_BLOB</c></summary>
    Bytes = 1,

    /// <summary><c>XEN_HYPFS_TYPE_STRING</c>: text with a zero behind it</summary>
    Text = 2,

    /// <summary><c>XEN_HYPFS_TYPE_UINT</c>: 1, 2, 4 or 8 bytes</summary>
    Unsigned = 3,

    /// <summary><c>XEN_HYPFS_TYPE_INT</c>: 1, 2, 4 or 8 bytes</summary>
    Signed = 4,

    /// <summary><c>XEN_HYPFS_TYPE_BOOL</c>: a byte</summary>
    Flag = 5,
}
