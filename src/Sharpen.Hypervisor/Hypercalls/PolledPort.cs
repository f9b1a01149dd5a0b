using Sharpen.Abi;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>One element of the list that <see cref="SchedPoll.Ports"/> points to: <c>evtchn_port_t</c>.</summary>
public struct PolledPort : IAbiData
{
    public uint Port;
}
