namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.Sysctl"/> is to do. Source: <c>sysctl.h</c>.</summary>
public enum SysctlCommand : uint
{
    /// <summary><c>XEN_SYSCTL_readconsole</c></summary>
    ReadConsole = 1,

    /// <summary><c>XEN_SYSCTL_tbuf_op</c></summary>
    TraceBuffer = 2,

    /// <summary><c>XEN_SYSCTL_physinfo</c></summary>
    HostInfo = 3,

    /// <summary><c>XEN_SYSCTL_sched_id</c></summary>
    SchedulerId = 4,

    /// <summary><c>XEN_SYSCTL_perfc_op</c></summary>
    PerformanceCounters = 5,

    /// <summary><c>XEN_SYSCTL_getdomaininfolist</c></summary>
    ListDomains = 6,

    /// <summary><c>XEN_SYSCTL_debug_keys</c></summary>
    PressKeys = 7,

    /// <summary><c>XEN_SYSCTL_getcpuinfo</c></summary>
    GetCpuInfo = 8,

    /// <summary><c>XEN_SYSCTL_availheap</c></summary>
    AvailableMemory = 9,

    /// <summary><c>XEN_SYSCTL_get_pmstat</c></summary>
    GetPowerStatistics = 10,

    /// <summary><c>XEN_SYSCTL_cpu_hotplug</c></summary>
    PlugCpu = 11,

    /// <summary><c>XEN_SYSCTL_pm_op</c></summary>
    Power = 12,

    /// <summary><c>XEN_SYSCTL_page_offline_op</c></summary>
    PageOffline = 14,

    /// <summary><c>XEN_SYSCTL_lockprof_op</c></summary>
    LockProfile = 15,

    /// <summary><c>XEN_SYSCTL_cputopoinfo</c></summary>
    CpuTopology = 16,

    /// <summary><c>XEN_SYSCTL_numainfo</c></summary>
    NumaInfo = 17,

    /// <summary><c>XEN_SYSCTL_cpupool_op</c></summary>
    CpuPool = 18,

    /// <summary><c>XEN_SYSCTL_scheduler_op</c></summary>
    Scheduler = 19,

    /// <summary><c>XEN_SYSCTL_coverage_op</c></summary>
    Coverage = 20,

    /// <summary><c>XEN_SYSCTL_psr_cmt_op</c></summary>
    CacheMonitoring = 21,

    /// <summary><c>XEN_SYSCTL_pcitopoinfo</c></summary>
    PciTopology = 22,

    /// <summary><c>XEN_SYSCTL_psr_alloc</c></summary>
    CacheAllocation = 23,

    /// <summary><c>XEN_SYSCTL_get_cpu_levelling_caps</c></summary>
    GetLevellingCaps = 25,

    /// <summary><c>XEN_SYSCTL_get_cpu_featureset</c></summary>
    GetFeatureset = 26,

    /// <summary><c>XEN_SYSCTL_livepatch_op</c></summary>
    LivePatch = 27,

    /// <summary><c>XEN_SYSCTL_get_cpu_policy</c></summary>
    GetCpuPolicy = 29,
}
