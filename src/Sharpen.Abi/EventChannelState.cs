namespace Sharpen.Abi;

/// <summary>What a port is bound to. Source: <c>event_channel.h</c>.</summary>
public enum EventChannelState : uint
{
    /// <summary><c>EVTCHNSTAT_closed</c></summary>
    Closed = 0,

    /// <summary><c>EVTCHNSTAT_unbound</c></summary>
    Unbound = 1,

    /// <summary><c>EVTCHNSTAT_interdomain</c></summary>
    Interdomain = 2,

    /// <summary><c>EVTCHNSTAT_pirq</c></summary>
    Pirq = 3,

    /// <summary><c>EVTCHNSTAT_virq</c></summary>
    Virq = 4,

    /// <summary><c>EVTCHNSTAT_ipi</c></summary>
    Ipi = 5,
}
