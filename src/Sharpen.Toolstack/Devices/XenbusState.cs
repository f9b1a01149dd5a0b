namespace Sharpen.Toolstack.Devices;

/// <summary>How far a half of a device is. Source: <c>io/xenbus.h</c>.</summary>
public enum XenbusState
{
    /// <summary><c>XenbusStateUnknown</c>, or no node</summary>
    Unknown = 0,

    /// <summary><c>XenbusStateInitialising</c></summary>
    Initialising = 1,

    /// <summary><c>XenbusStateInitWait</c></summary>
    InitWait = 2,

    /// <summary><c>XenbusStateInitialised</c></summary>
    Initialised = 3,

    /// <summary><c>XenbusStateConnected</c></summary>
    Connected = 4,

    /// <summary><c>XenbusStateClosing</c></summary>
    Closing = 5,

    /// <summary><c>XenbusStateClosed</c></summary>
    Closed = 6,

    /// <summary><c>XenbusStateReconfiguring</c></summary>
    Reconfiguring = 7,

    /// <summary><c>XenbusStateReconfigured</c></summary>
    Reconfigured = 8,
}
