namespace Sharpen.Abi;

/// <summary>Which base <see cref="Hypercall.SetSegmentBase"/> sets. Source: <c>arch-x86/xen-x86_64.h</c>.</summary>
public enum SegmentBase : uint
{
    /// <summary><c>SEGBASE_FS</c></summary>
    Fs = 0,

    /// <summary><c>SEGBASE_GS_USER</c></summary>
    GsUser = 1,

    /// <summary><c>SEGBASE_GS_KERNEL</c></summary>
    GsKernel = 2,

    /// <summary><c>SEGBASE_GS_USER_SEL</c></summary>
    GsUserSelector = 3,
}
