namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.MemoryOp"/> is to do: the low bits of its first argument. Source: <c>memory.h</c>.</summary>
public enum MemoryCommand : uint
{
    /// <summary><c>XENMEM_increase_reservation</c></summary>
    IncreaseReservation = 0,

    /// <summary><c>XENMEM_decrease_reservation</c></summary>
    DecreaseReservation = 1,

    /// <summary><c>XENMEM_maximum_ram_page</c></summary>
    MaximumRamPage = 2,

    /// <summary><c>XENMEM_current_reservation</c></summary>
    CurrentReservation = 3,

    /// <summary><c>XENMEM_maximum_reservation</c></summary>
    MaximumReservation = 4,

    /// <summary><c>XENMEM_machphys_mfn_list</c></summary>
    MachinePhysicalList = 5,

    /// <summary><c>XENMEM_populate_physmap</c></summary>
    PopulatePhysmap = 6,

    /// <summary><c>XENMEM_add_to_physmap</c></summary>
    AddToPhysmap = 7,

    /// <summary><c>XENMEM_memory_map</c></summary>
    MemoryMap = 9,

    /// <summary><c>XENMEM_machine_memory_map</c></summary>
    MachineMemoryMap = 10,

    /// <summary><c>XENMEM_exchange</c></summary>
    Exchange = 11,

    /// <summary><c>XENMEM_machphys_mapping</c></summary>
    MachinePhysicalMapping = 12,

    /// <summary><c>XENMEM_set_memory_map</c></summary>
    SetMemoryMap = 13,

    /// <summary><c>XENMEM_maximum_gpfn</c></summary>
    MaximumGpfn = 14,

    /// <summary><c>XENMEM_remove_from_physmap</c></summary>
    RemoveFromPhysmap = 15,

    /// <summary><c>XENMEM_set_pod_target</c></summary>
    SetPodTarget = 16,

    /// <summary><c>XENMEM_get_pod_target</c></summary>
    GetPodTarget = 17,

    /// <summary><c>XENMEM_get_sharing_freed_pages</c></summary>
    SharingFreedPages = 18,

    /// <summary><c>XENMEM_get_sharing_shared_pages</c></summary>
    SharingSharedPages = 19,

    /// <summary><c>XENMEM_paging_op</c></summary>
    PagingOp = 20,

    /// <summary><c>XENMEM_access_op</c></summary>
    AccessOp = 21,

    /// <summary><c>XENMEM_sharing_op</c></summary>
    SharingOp = 22,

    /// <summary><c>XENMEM_add_to_physmap_batch</c></summary>
    AddToPhysmapBatch = 23,

    /// <summary><c>XENMEM_claim_pages</c></summary>
    ClaimPages = 24,

    /// <summary><c>XENMEM_machphys_compat_mfn_list</c></summary>
    MachinePhysicalCompatList = 25,

    /// <summary><c>XENMEM_get_vnumainfo</c></summary>
    GetVnumaInfo = 26,

    /// <summary><c>XENMEM_reserved_device_memory_map</c></summary>
    ReservedDeviceMemoryMap = 27,

    /// <summary><c>XENMEM_acquire_resource</c></summary>
    AcquireResource = 28,
}
