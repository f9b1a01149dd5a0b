namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.PhysicalDeviceOp"/> is to do. Source: <c>physdev.h</c>.</summary>
public enum PhysdevCommand : uint
{
    /// <summary><c>PHYSDEVOP_IRQ_UNMASK_NOTIFY</c></summary>
    IrqUnmaskNotify = 4,

    /// <summary><c>PHYSDEVOP_irq_status_query</c></summary>
    IrqStatusQuery = 5,

    /// <summary><c>PHYSDEVOP_set_iopl</c></summary>
    SetIopl = 6,

    /// <summary><c>PHYSDEVOP_set_iobitmap</c></summary>
    SetIoBitmap = 7,

    /// <summary><c>PHYSDEVOP_apic_read</c></summary>
    ApicRead = 8,

    /// <summary><c>PHYSDEVOP_apic_write</c></summary>
    ApicWrite = 9,

    /// <summary><c>PHYSDEVOP_alloc_irq_vector</c></summary>
    AllocIrqVector = 10,

    /// <summary><c>PHYSDEVOP_free_irq_vector</c></summary>
    FreeIrqVector = 11,

    /// <summary><c>PHYSDEVOP_eoi</c></summary>
    Eoi = 12,

    /// <summary><c>PHYSDEVOP_map_pirq</c></summary>
    MapPirq = 13,

    /// <summary><c>PHYSDEVOP_unmap_pirq</c></summary>
    UnmapPirq = 14,

    /// <summary><c>PHYSDEVOP_manage_pci_add</c></summary>
    ManagePciAdd = 15,

    /// <summary><c>PHYSDEVOP_manage_pci_remove</c></summary>
    ManagePciRemove = 16,

    /// <summary><c>PHYSDEVOP_pirq_eoi_gmfn_v1</c></summary>
    PirqEoiPageV1 = 17,

    /// <summary><c>PHYSDEVOP_restore_msi</c></summary>
    RestoreMsi = 19,

    /// <summary><c>PHYSDEVOP_manage_pci_add_ext</c></summary>
    ManagePciAddExtended = 20,

    /// <summary><c>PHYSDEVOP_setup_gsi</c></summary>
    SetupGsi = 21,

    /// <summary><c>PHYSDEVOP_get_free_pirq</c></summary>
    GetFreePirq = 23,

    /// <summary><c>PHYSDEVOP_pci_mmcfg_reserved</c></summary>
    PciMmcfgReserved = 24,

    /// <summary><c>PHYSDEVOP_pci_device_add</c></summary>
    PciDeviceAdd = 25,

    /// <summary><c>PHYSDEVOP_pci_device_remove</c></summary>
    PciDeviceRemove = 26,

    /// <summary><c>PHYSDEVOP_restore_msi_ext</c></summary>
    RestoreMsiExtended = 27,

    /// <summary><c>PHYSDEVOP_pirq_eoi_gmfn_v2</c></summary>
    PirqEoiPageV2 = 28,

    /// <summary><c>PHYSDEVOP_dbgp_op</c></summary>
    DebugPort = 29,

    /// <summary><c>PHYSDEVOP_prepare_msix</c></summary>
    PrepareMsix = 30,

    /// <summary><c>PHYSDEVOP_release_msix</c></summary>
    ReleaseMsix = 31,
}
