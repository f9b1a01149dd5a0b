namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.SchedOp"/> is to do. Source: <c>sched.h</c>.</summary>
public enum SchedCommand : uint
{
    /// <summary><c>SCHEDOP_yield</c>: let another run</summary>
    Yield = 0,

    /// <summary><c>SCHEDOP_block</c>: unmask upcalls and sleep until an event</summary>
    Block = 1,

    /// <summary><c>SCHEDOP_shutdown</c>: stop the domain</summary>
    Shutdown = 2,

    /// <summary><c>SCHEDOP_poll</c>: sleep until one of some ports is pending</summary>
    Poll = 3,

    /// <summary><c>SCHEDOP_remote_shutdown</c></summary>
    RemoteShutdown = 4,

    /// <summary><c>SCHEDOP_shutdown_code</c></summary>
    ShutdownCode = 5,

    /// <summary><c>SCHEDOP_watchdog</c></summary>
    Watchdog = 6,

    /// <summary><c>SCHEDOP_pin_override</c></summary>
    PinOverride = 7,
}
