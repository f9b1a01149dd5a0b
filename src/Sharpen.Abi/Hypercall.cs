namespace Sharpen.Abi;

/// <summary>The number of a hypercall. Source: <c>xen.h</c>.</summary>
public enum Hypercall : uint
{
    /// <summary><c>__HYPERVISOR_set_trap_table</c></summary>
    SetTrapTable = 0,

    /// <summary><c>__HYPERVISOR_mmu_update</c></summary>
    MmuUpdate = 1,

    /// <summary><c>__HYPERVISOR_set_gdt</c></summary>
    SetGdt = 2,

    /// <summary><c>__HYPERVISOR_stack_switch</c></summary>
    StackSwitch = 3,

    /// <summary><c>__HYPERVISOR_set_callbacks</c></summary>
    SetCallbacks = 4,

    /// <summary><c>__HYPERVISOR_fpu_taskswitch</c></summary>
    FpuTaskSwitch = 5,

    /// <summary><c>__HYPERVISOR_sched_op_compat</c></summary>
    SchedOpCompat = 6,

    /// <summary><c>__HYPERVISOR_platform_op</c></summary>
    PlatformOp = 7,

    /// <summary><c>__HYPERVISOR_set_debugreg</c></summary>
    SetDebugRegister = 8,

    /// <summary><c>__HYPERVISOR_get_debugreg</c></summary>
    GetDebugRegister = 9,

    /// <summary><c>__HYPERVISOR_update_descriptor</c></summary>
    UpdateDescriptor = 10,

    /// <summary><c>__HYPERVISOR_memory_op</c></summary>
    MemoryOp = 12,

    /// <summary><c>__HYPERVISOR_multicall</c></summary>
    Multicall = 13,

    /// <summary><c>__HYPERVISOR_update_va_mapping</c></summary>
    UpdateVaMapping = 14,

    /// <summary><c>__HYPERVISOR_set_timer_op</c></summary>
    SetTimerOp = 15,

    /// <summary><c>__HYPERVISOR_event_channel_op_compat</c></summary>
    EventChannelOpCompat = 16,

    /// <summary><c>__HYPERVISOR_xen_version</c></summary>
    XenVersion = 17,

    /// <summary><c>__HYPERVISOR_console_io</c></summary>
    ConsoleIo = 18,

    /// <summary><c>__HYPERVISOR_physdev_op_compat</c></summary>
    PhysicalDeviceOpCompat = 19,

    /// <summary><c>__HYPERVISOR_grant_table_op</c></summary>
    GrantTableOp = 20,

    /// <summary><c>__HYPERVISOR_vm_assist</c></summary>
    VmAssist = 21,

    /// <summary><c>__HYPERVISOR_update_va_mapping_otherdomain</c></summary>
    UpdateVaMappingOtherDomain = 22,

    /// <summary><c>__HYPERVISOR_iret</c></summary>
    Iret = 23,

    /// <summary><c>__HYPERVISOR_vcpu_op</c></summary>
    VcpuOp = 24,

    /// <summary><c>__HYPERVISOR_set_segment_base</c></summary>
    SetSegmentBase = 25,

    /// <summary><c>__HYPERVISOR_mmuext_op</c></summary>
    MmuExtendedOp = 26,

    /// <summary><c>__HYPERVISOR_xsm_op</c></summary>
    XsmOp = 27,

    /// <summary><c>__HYPERVISOR_nmi_op</c></summary>
    NmiOp = 28,

    /// <summary><c>__HYPERVISOR_sched_op</c></summary>
    SchedOp = 29,

    /// <summary><c>__HYPERVISOR_callback_op</c></summary>
    CallbackOp = 30,

    /// <summary><c>__HYPERVISOR_xenoprof_op</c></summary>
    XenoprofOp = 31,

    /// <summary><c>__HYPERVISOR_event_channel_op</c></summary>
    EventChannelOp = 32,

    /// <summary><c>__HYPERVISOR_physdev_op</c></summary>
    PhysicalDeviceOp = 33,

    /// <summary><c>__HYPERVISOR_hvm_op</c></summary>
    HvmOp = 34,

    /// <summary><c>__HYPERVISOR_sysctl</c></summary>
    Sysctl = 35,

    /// <summary><c>__HYPERVISOR_domctl</c></summary>
    Domctl = 36,

    /// <summary><c>__HYPERVISOR_kexec_op</c></summary>
    KexecOp = 37,

    /// <summary><c>__HYPERVISOR_tmem_op</c></summary>
    TmemOp = 38,

    /// <summary><c>__HYPERVISOR_argo_op</c></summary>
    ArgoOp = 39,

    /// <summary><c>__HYPERVISOR_xenpmu_op</c></summary>
    XenPmuOp = 40,

    /// <summary><c>__HYPERVISOR_dm_op</c></summary>
    DeviceModelOp = 41,

    /// <summary><c>__HYPERVISOR_hypfs_op</c></summary>
    HypFsOp = 42,

    /// <summary><c>__HYPERVISOR_arch_0</c></summary>
    Arch0 = 48,

    /// <summary><c>__HYPERVISOR_arch_1</c></summary>
    Arch1 = 49,

    /// <summary><c>__HYPERVISOR_arch_2</c></summary>
    Arch2 = 50,

    /// <summary><c>__HYPERVISOR_arch_3</c></summary>
    Arch3 = 51,

    /// <summary><c>__HYPERVISOR_arch_4</c></summary>
    Arch4 = 52,

    /// <summary><c>__HYPERVISOR_arch_5</c></summary>
    Arch5 = 53,

    /// <summary><c>__HYPERVISOR_arch_6</c></summary>
    Arch6 = 54,

    /// <summary><c>__HYPERVISOR_arch_7</c></summary>
    Arch7 = 55,
}
