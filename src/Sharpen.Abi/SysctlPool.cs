namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_cpupool_op</c>: a pool of CPUs. Source: <c>sysctl.h</c>.</summary>
public struct SysctlPool : IAbiData
{
    /// <summary><c>op</c></summary>
    public uint Operation;

    /// <summary><c>cpupool_id</c></summary>
    public uint Pool;

    /// <summary><c>sched_id</c></summary>
    public uint Scheduler;

    /// <summary><c>domid</c></summary>
    public uint Domain;

    /// <summary><c>cpu</c></summary>
    public uint Cpu;

    /// <summary><c>n_dom</c></summary>
    public uint Domains;

    /// <summary><c>cpumap.bitmap</c>: where to write them</summary>
    public ulong Cpus;

    /// <summary><c>cpumap.nr_bits</c></summary>
    public uint CpuBits;
}
