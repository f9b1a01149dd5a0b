namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.Domctl"/> is to do. Source: <c>domctl.h</c>.</summary>
public enum DomctlCommand : uint
{
    /// <summary><c>XEN_DOMCTL_createdomain</c></summary>
    CreateDomain = 1,

    /// <summary><c>XEN_DOMCTL_destroydomain</c></summary>
    DestroyDomain = 2,

    /// <summary><c>XEN_DOMCTL_pausedomain</c></summary>
    PauseDomain = 3,

    /// <summary><c>XEN_DOMCTL_unpausedomain</c></summary>
    UnpauseDomain = 4,

    /// <summary><c>XEN_DOMCTL_getdomaininfo</c></summary>
    GetDomainInfo = 5,

    /// <summary><c>XEN_DOMCTL_setvcpuaffinity</c></summary>
    SetVcpuAffinity = 9,

    /// <summary><c>XEN_DOMCTL_shadow_op</c></summary>
    ShadowOp = 10,

    /// <summary><c>XEN_DOMCTL_max_mem</c></summary>
    SetMaximumMemory = 11,

    /// <summary><c>XEN_DOMCTL_setvcpucontext</c></summary>
    SetVcpuContext = 12,

    /// <summary><c>XEN_DOMCTL_getvcpucontext</c></summary>
    GetVcpuContext = 13,

    /// <summary><c>XEN_DOMCTL_getvcpuinfo</c></summary>
    GetVcpuInfo = 14,

    /// <summary><c>XEN_DOMCTL_max_vcpus</c></summary>
    SetMaximumVcpus = 15,

    /// <summary><c>XEN_DOMCTL_scheduler_op</c></summary>
    SchedulerOp = 16,

    /// <summary><c>XEN_DOMCTL_setdomainhandle</c></summary>
    SetDomainHandle = 17,

    /// <summary><c>XEN_DOMCTL_setdebugging</c></summary>
    SetDebugging = 18,

    /// <summary><c>XEN_DOMCTL_irq_permission</c></summary>
    IrqPermission = 19,

    /// <summary><c>XEN_DOMCTL_iomem_permission</c></summary>
    IomemPermission = 20,

    /// <summary><c>XEN_DOMCTL_ioport_permission</c></summary>
    IoportPermission = 21,

    /// <summary><c>XEN_DOMCTL_hypercall_init</c></summary>
    HypercallInit = 22,

    /// <summary><c>XEN_DOMCTL_soft_reset_cont</c></summary>
    ContinueSoftReset = 23,

    /// <summary><c>XEN_DOMCTL_settimeoffset</c></summary>
    SetTimeOffset = 24,

    /// <summary><c>XEN_DOMCTL_getvcpuaffinity</c></summary>
    GetVcpuAffinity = 25,

    /// <summary><c>XEN_DOMCTL_resumedomain</c></summary>
    ResumeDomain = 27,

    /// <summary><c>XEN_DOMCTL_sendtrigger</c></summary>
    SendTrigger = 28,

    /// <summary><c>XEN_DOMCTL_subscribe</c></summary>
    Subscribe = 29,

    /// <summary><c>XEN_DOMCTL_gethvmcontext</c></summary>
    GetHvmContext = 33,

    /// <summary><c>XEN_DOMCTL_sethvmcontext</c></summary>
    SetHvmContext = 34,

    /// <summary><c>XEN_DOMCTL_set_address_size</c></summary>
    SetAddressSize = 35,

    /// <summary><c>XEN_DOMCTL_get_address_size</c></summary>
    GetAddressSize = 36,

    /// <summary><c>XEN_DOMCTL_assign_device</c></summary>
    AssignDevice = 37,

    /// <summary><c>XEN_DOMCTL_bind_pt_irq</c></summary>
    BindPtIrq = 38,

    /// <summary><c>XEN_DOMCTL_memory_mapping</c></summary>
    MemoryMapping = 39,

    /// <summary><c>XEN_DOMCTL_ioport_mapping</c></summary>
    IoportMapping = 40,

    /// <summary><c>XEN_DOMCTL_set_ext_vcpucontext</c></summary>
    SetExtVcpucontext = 42,

    /// <summary><c>XEN_DOMCTL_get_ext_vcpucontext</c></summary>
    GetExtVcpucontext = 43,

    /// <summary><c>XEN_DOMCTL_test_assign_device</c></summary>
    TestAssignDevice = 45,

    /// <summary><c>XEN_DOMCTL_set_target</c></summary>
    SetTarget = 46,

    /// <summary><c>XEN_DOMCTL_deassign_device</c></summary>
    DeassignDevice = 47,

    /// <summary><c>XEN_DOMCTL_unbind_pt_irq</c></summary>
    UnbindPtIrq = 48,

    /// <summary><c>XEN_DOMCTL_get_device_group</c></summary>
    GetDeviceGroup = 50,

    /// <summary><c>XEN_DOMCTL_debug_op</c></summary>
    DebugOp = 54,

    /// <summary><c>XEN_DOMCTL_gethvmcontext_partial</c></summary>
    GetHvmContextPartial = 55,

    /// <summary><c>XEN_DOMCTL_vm_event_op</c></summary>
    VmEventOp = 56,

    /// <summary><c>XEN_DOMCTL_mem_sharing_op</c></summary>
    MemSharingOp = 57,

    /// <summary><c>XEN_DOMCTL_gettscinfo</c></summary>
    GetTscInfo = 59,

    /// <summary><c>XEN_DOMCTL_settscinfo</c></summary>
    SetTscInfo = 60,

    /// <summary><c>XEN_DOMCTL_getpageframeinfo3</c></summary>
    GetPageFrameInfo = 61,

    /// <summary><c>XEN_DOMCTL_setvcpuextstate</c></summary>
    SetVcpuExtendedState = 62,

    /// <summary><c>XEN_DOMCTL_getvcpuextstate</c></summary>
    GetVcpuExtendedState = 63,

    /// <summary><c>XEN_DOMCTL_set_access_required</c></summary>
    SetAccessRequired = 64,

    /// <summary><c>XEN_DOMCTL_audit_p2m</c></summary>
    AuditP2m = 65,

    /// <summary><c>XEN_DOMCTL_set_virq_handler</c></summary>
    SetVirqHandler = 66,

    /// <summary><c>XEN_DOMCTL_set_broken_page_p2m</c></summary>
    SetBrokenPageP2m = 67,

    /// <summary><c>XEN_DOMCTL_setnodeaffinity</c></summary>
    SetNodeAffinity = 68,

    /// <summary><c>XEN_DOMCTL_getnodeaffinity</c></summary>
    GetNodeAffinity = 69,

    /// <summary><c>XEN_DOMCTL_cacheflush</c></summary>
    CacheFlush = 71,

    /// <summary><c>XEN_DOMCTL_get_vcpu_msrs</c></summary>
    GetVcpuMsrs = 72,

    /// <summary><c>XEN_DOMCTL_set_vcpu_msrs</c></summary>
    SetVcpuMsrs = 73,

    /// <summary><c>XEN_DOMCTL_setvnumainfo</c></summary>
    SetVirtualNuma = 74,

    /// <summary><c>XEN_DOMCTL_psr_cmt_op</c></summary>
    PsrCmtOp = 75,

    /// <summary><c>XEN_DOMCTL_monitor_op</c></summary>
    MonitorOp = 77,

    /// <summary><c>XEN_DOMCTL_psr_alloc</c></summary>
    PsrAlloc = 78,

    /// <summary><c>XEN_DOMCTL_soft_reset</c></summary>
    SoftReset = 79,

    /// <summary><c>XEN_DOMCTL_vuart_op</c></summary>
    VuartOp = 81,

    /// <summary><c>XEN_DOMCTL_get_cpu_policy</c></summary>
    GetCpuPolicy = 82,

    /// <summary><c>XEN_DOMCTL_set_cpu_policy</c></summary>
    SetCpuPolicy = 83,

    /// <summary><c>XEN_DOMCTL_vmtrace_op</c></summary>
    VmtraceOp = 84,

    /// <summary><c>XEN_DOMCTL_get_paging_mempool_size</c></summary>
    GetPagingMempoolSize = 85,

    /// <summary><c>XEN_DOMCTL_set_paging_mempool_size</c></summary>
    SetPagingMempoolSize = 86,

    /// <summary><c>XEN_DOMCTL_gdbsx_guestmemio</c></summary>
    GdbsxGuestmemio = 1000,

    /// <summary><c>XEN_DOMCTL_gdbsx_pausevcpu</c></summary>
    GdbsxPausevcpu = 1001,

    /// <summary><c>XEN_DOMCTL_gdbsx_unpausevcpu</c></summary>
    GdbsxUnpausevcpu = 1002,

    /// <summary><c>XEN_DOMCTL_gdbsx_domstatus</c></summary>
    GdbsxDomstatus = 1003,
}
