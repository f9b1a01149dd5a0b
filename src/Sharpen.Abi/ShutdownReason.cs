namespace Sharpen.Abi;

/// <summary>Why a domain stopped. Source: <c>sched.h</c>.</summary>
public enum ShutdownReason : uint
{
    /// <summary><c>SHUTDOWN_poweroff</c></summary>
    PowerOff = 0,

    /// <summary><c>SHUTDOWN_reboot</c></summary>
    Reboot = 1,

    /// <summary><c>SHUTDOWN_suspend</c></summary>
    Suspend = 2,

    /// <summary><c>SHUTDOWN_crash</c></summary>
    Crash = 3,

    /// <summary><c>SHUTDOWN_watchdog</c></summary>
    Watchdog = 4,

    /// <summary><c>SHUTDOWN_soft_reset</c></summary>
    SoftReset = 5,
}
