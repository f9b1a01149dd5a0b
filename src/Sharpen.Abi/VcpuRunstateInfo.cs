namespace Sharpen.Abi;

/// <summary><c>struct vcpu_runstate_info</c>. Source: <c>vcpu.h</c>.</summary>
public struct VcpuRunstateInfo : IAbiData
{
    /// <summary><c>state</c></summary>
    public Runstate State;

    /// <summary><c>state_entry_time</c>: nanoseconds</summary>
    public ulong EntryTime;

    /// <summary><c>time</c>: nanoseconds in each state</summary>
    public Times4 Time;
}
