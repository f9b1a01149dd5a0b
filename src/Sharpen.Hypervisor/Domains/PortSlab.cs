using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Domains;

/// <summary>128 neighbouring ports of one domain. Under the domain's event lock.</summary>
internal struct PortSlab
{
    /// <summary>How many ports.</summary>
    internal const int Ports = 128;

    internal Fixed128<EventPort> Items;
}
