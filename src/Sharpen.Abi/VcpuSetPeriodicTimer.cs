namespace Sharpen.Abi;

/// <summary><c>struct vcpu_set_periodic_timer</c>. Source: <c>vcpu.h</c>.</summary>
public struct VcpuSetPeriodicTimer : IAbiData
{
    /// <summary><c>period_ns</c></summary>
    public ulong Period;
}
