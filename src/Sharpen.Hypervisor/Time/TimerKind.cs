namespace Sharpen.Hypervisor.Time;

/// <summary>Whom an expired timer concerns. The layer that armed it knows what to do; a timer carries no callback.</summary>
public enum TimerKind : byte
{
    /// <summary>No timer.</summary>
    None = 0,

    /// <summary>A vCPU's one-shot timer (<c>set_timer_op</c>, <c>VCPUOP_set_singleshot_timer</c>); the id is the vCPU's.</summary>
    VcpuSingleshot,

    /// <summary>A vCPU's periodic timer (<c>VCPUOP_set_periodic_timer</c>); the id is the vCPU's.</summary>
    VcpuPeriodic,

    /// <summary>A vCPU's poll with a time-out (<c>SCHEDOP_poll</c>); the id is the vCPU's.</summary>
    VcpuPoll,

    /// <summary>A vCPU may run again whose domain had used up its CPU time; the id is the vCPU's.</summary>
    VcpuCap,

    /// <summary>A domain's watchdog (<c>SCHEDOP_watchdog</c>); the id is the domain's.</summary>
    Watchdog,

    /// <summary>Housekeeping of this CPU: calibration, draining the console; the id says which.</summary>
    Housekeeping,
}
