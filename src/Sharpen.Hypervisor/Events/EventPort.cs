using Sharpen.Abi;

namespace Sharpen.Hypervisor.Events;

/// <summary>One end of an event channel: what it is bound to and whom it notifies.</summary>
public struct EventPort
{
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
}
