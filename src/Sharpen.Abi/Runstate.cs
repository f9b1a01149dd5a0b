namespace Sharpen.Abi;

/// <summary>What a vCPU is doing. Source: <c>vcpu.h</c>.</summary>
public enum Runstate : int
{
    /// <summary><c>RUNSTATE_running</c></summary>
    Running = 0,

    /// <summary><c>RUNSTATE_runnable</c></summary>
    Runnable = 1,

    /// <summary><c>RUNSTATE_blocked</c></summary>
    Blocked = 2,

    /// <summary><c>RUNSTATE_offline</c></summary>
    Offline = 3,
}
