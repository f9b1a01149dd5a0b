namespace Sharpen.Abi;

/// <summary><c>struct vcpu_set_singleshot_timer</c>. Source: <c>vcpu.h</c>.</summary>
public struct VcpuSetSingleshotTimer : IAbiData
{
    /// <summary><c>timeout_abs_ns</c></summary>
    public ulong Timeout;

    /// <summary><c>flags</c></summary>
    public SingleShotFlags Flags;
}
