namespace Sharpen.Abi;

/// <summary>The operations of <see cref="Hypercall.MmuExtendedOp"/>. Source: <c>xen.h</c>.</summary>
public enum MmuExtendedCommand : uint
{
    /// <summary><c>MMUEXT_PIN_L1_TABLE</c></summary>
    PinL1Table = 0,

    /// <summary><c>MMUEXT_PIN_L2_TABLE</c></summary>
    PinL2Table = 1,

    /// <summary><c>MMUEXT_PIN_L3_TABLE</c></summary>
    PinL3Table = 2,

    /// <summary><c>MMUEXT_PIN_L4_TABLE</c></summary>
    PinL4Table = 3,

    /// <summary><c>MMUEXT_UNPIN_TABLE</c></summary>
    UnpinTable = 4,

    /// <summary><c>MMUEXT_NEW_BASEPTR</c></summary>
    NewBasePointer = 5,

    /// <summary><c>MMUEXT_TLB_FLUSH_LOCAL</c></summary>
    TlbFlushLocal = 6,

    /// <summary><c>MMUEXT_INVLPG_LOCAL</c></summary>
    InvalidateLocal = 7,

    /// <summary><c>MMUEXT_TLB_FLUSH_MULTI</c></summary>
    TlbFlushMulti = 8,

    /// <summary><c>MMUEXT_INVLPG_MULTI</c></summary>
    InvalidateMulti = 9,

    /// <summary><c>MMUEXT_TLB_FLUSH_ALL</c></summary>
    TlbFlushAll = 10,

    /// <summary><c>MMUEXT_INVLPG_ALL</c></summary>
    InvalidateAll = 11,

    /// <summary><c>MMUEXT_FLUSH_CACHE</c></summary>
    FlushCache = 12,

    /// <summary><c>MMUEXT_SET_LDT</c></summary>
    SetLdt = 13,

    /// <summary><c>MMUEXT_NEW_USER_BASEPTR</c></summary>
    NewUserBasePointer = 15,

    /// <summary><c>MMUEXT_CLEAR_PAGE</c></summary>
    ClearPage = 16,

    /// <summary><c>MMUEXT_COPY_PAGE</c></summary>
    CopyPage = 17,

    /// <summary><c>MMUEXT_FLUSH_CACHE_GLOBAL</c></summary>
    FlushCacheGlobal = 18,

    /// <summary><c>MMUEXT_MARK_SUPER</c></summary>
    MarkSuper = 19,

    /// <summary><c>MMUEXT_UNMARK_SUPER</c></summary>
    UnmarkSuper = 20,
}
