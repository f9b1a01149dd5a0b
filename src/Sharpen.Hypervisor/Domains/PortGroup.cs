using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Domains;

/// <summary>128 neighbouring slabs of ports of one domain. Under the domain's event lock.</summary>
internal struct PortGroup
{
    /// <summary>How many slabs.</summary>
    internal const int Slabs = 128;

    /// <summary>Slots of the slabs plus one; 0 for none.</summary>
    internal Fixed128<int> Slots;

    /// <summary>How many ports of each slab are in use.</summary>
    internal Fixed128<byte> Used;
}
