using System;

namespace Sharpen.Abi;

/// <summary>Wishes in <see cref="MemoryReservation.Flags"/>, above the limit in address bits (8 bits) and the node plus one (8 bits). Source: <c>memory.h</c>.</summary>
[Flags]
public enum MemoryFlags : uint
{
    /// <summary><c>XENMEMF_populate_on_demand</c></summary>
    PopulateOnDemand = 1 << 16,

    /// <summary><c>XENMEMF_exact_node_request</c></summary>
    ExactNode = 1 << 17,

    /// <summary><c>XENMEMF_vnode</c></summary>
    VirtualNode = 1 << 18,
}
