namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_getvcpuinfo</c>: what a vCPU does. Source: <c>domctl.h</c>.</summary>
public struct DomctlVcpu : IAbiData
{
    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;

    /// <summary><c>online</c></summary>
    public byte IsOnline;

    /// <summary><c>blocked</c></summary>
    public byte IsBlocked;

    /// <summary><c>running</c></summary>
    public byte IsRunning;

    /// <summary><c>cpu_time</c>: nanoseconds</summary>
    public ulong CpuTime;

    /// <summary><c>cpu</c></summary>
    public uint Cpu;
}
