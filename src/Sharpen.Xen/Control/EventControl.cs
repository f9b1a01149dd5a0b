using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>Event channels of other domains. Every refusal is a <see cref="XenException"/>. Source: <c>event_channel.h</c>.</summary>
public sealed class EventControl
{
    private readonly HypercallDevice _device;

    internal EventControl(HypercallDevice device) => _device = device;

    /// <summary>Makes a port for a domain, which another may then bind.</summary>
    public EventPort AllocateUnbound(DomainId domain, DomainId remote)
    {
        using HypercallBuffer buffer = _device.Allocate(8);
        buffer.At<EventChannelAllocUnbound>() = new EventChannelAllocUnbound { Domain = domain.Value, RemoteDomain = remote.Value };
        _ = _device.Call("make an event channel for", domain, Hypercall.EventChannelOp, (ulong)EventChannelCommand.AllocUnbound, buffer.Address);
        return new EventPort(buffer.At<EventChannelAllocUnbound>().Port);
    }

    /// <summary>What a port of a domain is bound to.</summary>
    public EventChannelStatus GetStatus(DomainId domain, EventPort port)
    {
        using HypercallBuffer buffer = _device.Allocate(24);
        buffer.At<EventChannelStatus>() = new EventChannelStatus { Domain = domain.Value, Port = port.Value };
        _ = _device.Call($"ask for {port} of", domain, Hypercall.EventChannelOp, (ulong)EventChannelCommand.Status, buffer.Address);
        return buffer.At<EventChannelStatus>();
    }

    /// <summary>Closes all ports of a domain.</summary>
    public void Reset(DomainId domain)
    {
        using HypercallBuffer buffer = _device.Allocate(8);
        buffer.At<EventChannelReset>().Domain = domain.Value;
        _ = _device.Call("close the event channels of", domain, Hypercall.EventChannelOp, (ulong)EventChannelCommand.Reset, buffer.Address);
    }
}
