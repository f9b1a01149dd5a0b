using Sharpen.Abi;

namespace Sharpen.Hypervisor.Events;

/// <summary>One end of an event channel: what it is bound to and whom it notifies.</summary>
public struct EventPort
{
    /// <summary>The urgency of a port that was given none (<c>EVTCHN_FIFO_PRIORITY_DEFAULT</c>).</summary>
    public const byte UsualPriority = 7;

    /// <summary>What it is bound to; <see cref="EventChannelState.Closed"/> means free.</summary>
    public EventChannelState State;

    /// <summary>The vCPU of the port's own domain that is notified.</summary>
    public ushort Vcpu;

    /// <summary>The domain that may bind to it, or has.</summary>
    public DomainId RemoteDomain;

    /// <summary>The other end's port, while <see cref="EventChannelState.Interdomain"/>; the interrupt, while <see cref="EventChannelState.Pirq"/>.</summary>
    public uint RemotePort;

    /// <summary>The interrupt, while <see cref="EventChannelState.Virq"/>.</summary>
    public Virq Virq;

    /// <summary>How urgent its events are: 0 is the most, 15 the least.</summary>
    public byte Priority;

    /// <summary>It was raised before the guest gave it a word in its event array.</summary>
    public bool IsWordless;

    /// <summary>The queue in which its word was put last, also when it was another's port: the urgency.</summary>
    internal byte LastPriority;

    /// <summary>The queue in which its word was put last, also when it was another's port: the vCPU.</summary>
    internal ushort LastVcpu;
}
