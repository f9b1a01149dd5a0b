namespace Sharpen.Xen;

/// <summary><c>evtchn_port_t</c>: an event channel's number within its domain; 0 is none. Source: <c>event_channel.h</c>.</summary>
/// <param name="Value">The number.</param>
public readonly record struct EventPort(uint Value)
{
    public override string ToString() => $"port {Value}";
}
