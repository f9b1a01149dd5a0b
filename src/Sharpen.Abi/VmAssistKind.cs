namespace Sharpen.Abi;

/// <summary>An assist for PV guests. Source: <c>xen.h</c>.</summary>
public enum VmAssistKind : uint
{
    /// <summary><c>VMASST_TYPE_4gb_segments</c></summary>
    FourGigabyteSegments = 0,

    /// <summary><c>VMASST_TYPE_4gb_segments_notify</c></summary>
    FourGigabyteSegmentsNotify = 1,

    /// <summary><c>VMASST_TYPE_writable_pagetables</c></summary>
    WritablePageTables = 2,

    /// <summary><c>VMASST_TYPE_pae_extended_cr3</c></summary>
    PaeExtendedCr3 = 3,

    /// <summary><c>VMASST_TYPE_architectural_iopl</c></summary>
    ArchitecturalIopl = 4,

    /// <summary><c>VMASST_TYPE_runstate_update_flag</c></summary>
    RunstateUpdateFlag = 5,

    /// <summary><c>VMASST_TYPE_m2p_strict</c></summary>
    M2pStrict = 32,
}
