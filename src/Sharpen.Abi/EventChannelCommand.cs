namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.EventChannelOp"/> is to do. Source: <c>event_channel.h</c>.</summary>
public enum EventChannelCommand : uint
{
    /// <summary><c>EVTCHNOP_bind_interdomain</c></summary>
    BindInterdomain = 0,

    /// <summary><c>EVTCHNOP_bind_virq</c></summary>
    BindVirq = 1,

    /// <summary><c>EVTCHNOP_bind_pirq</c></summary>
    BindPirq = 2,

    /// <summary><c>EVTCHNOP_close</c></summary>
    Close = 3,

    /// <summary><c>EVTCHNOP_send</c></summary>
    Send = 4,

    /// <summary><c>EVTCHNOP_status</c></summary>
    Status = 5,

    /// <summary><c>EVTCHNOP_alloc_unbound</c></summary>
    AllocUnbound = 6,

    /// <summary><c>EVTCHNOP_bind_ipi</c></summary>
    BindIpi = 7,

    /// <summary><c>EVTCHNOP_bind_vcpu</c></summary>
    BindVcpu = 8,

    /// <summary><c>EVTCHNOP_unmask</c></summary>
    Unmask = 9,

    /// <summary><c>EVTCHNOP_reset</c></summary>
    Reset = 10,

    /// <summary><c>EVTCHNOP_init_control</c></summary>
    InitControl = 11,

    /// <summary><c>EVTCHNOP_expand_array</c></summary>
    ExpandArray = 12,

    /// <summary><c>EVTCHNOP_set_priority</c></summary>
    SetPriority = 13,
}
