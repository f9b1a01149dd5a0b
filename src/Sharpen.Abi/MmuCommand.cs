namespace Sharpen.Abi;

/// <summary>What the low two bits of <see cref="MmuUpdate.Address"/> ask for. Source: <c>xen.h</c>.</summary>
public enum MmuCommand : uint
{
    /// <summary><c>MMU_NORMAL_PT_UPDATE</c></summary>
    NormalUpdate = 0,

    /// <summary><c>MMU_MACHPHYS_UPDATE</c></summary>
    MachineToPhysicalUpdate = 1,

    /// <summary><c>MMU_PT_UPDATE_PRESERVE_AD</c></summary>
    UpdatePreservingNotes = 2,

    /// <summary><c>MMU_PT_UPDATE_NO_TRANSLATE</c></summary>
    UpdateWithoutTranslation = 3,
}
