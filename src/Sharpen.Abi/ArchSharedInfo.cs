namespace Sharpen.Abi;

/// <summary><c>struct arch_shared_info</c>: the x86 part of <see cref="SharedInfo"/>. Source: <c>arch-x86/xen.h</c>.</summary>
public struct ArchSharedInfo : IAbiData
{
    /// <summary><c>max_pfn</c></summary>
    public ulong MaxPfn;

    /// <summary><c>pfn_to_mfn_frame_list_list</c></summary>
    public ulong PfnToMfnFrameListList;

    /// <summary><c>nmi_reason</c></summary>
    public ulong NmiReason;

    /// <summary><c>p2m_cr3</c></summary>
    public ulong P2mCr3;

    /// <summary><c>p2m_vaddr</c></summary>
    public ulong P2mVirtualAddress;

    /// <summary><c>p2m_generation</c></summary>
    public ulong P2mGeneration;
}
