using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Memory;

/// <summary>The host's memory map for those who may see it.</summary>
internal struct HostMapState
{
    internal int Count;
    internal Fixed256<MapEntry> Entries;
}
