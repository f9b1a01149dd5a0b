namespace Sharpen.Abi;

/// <summary>What an entry of the hypervisor's file system holds. Source: <c>hypfs.h</c>.</summary>
public enum HypFsType : byte
{
    /// <summary><c>XEN_HYPFS_TYPE_DIR</c></summary>
    Directory = 0,

    /// <summary><c>XEN_HYPFS_TYPE_BLOB</c></summary>
    Blob = 1,

    /// <summary><c>XEN_HYPFS_TYPE_STRING</c></summary>
    Text = 2,

    /// <summary><c>XEN_HYPFS_TYPE_UINT</c></summary>
    Unsigned = 3,

    /// <summary><c>XEN_HYPFS_TYPE_INT</c></summary>
    Signed = 4,

    /// <summary><c>XEN_HYPFS_TYPE_BOOL</c></summary>
    Boolean = 5,
}
