namespace Sharpen.Hypervisor.Boot.Map;

/// <summary>The memory map of this host.</summary>
internal struct MemoryMapState
{
    /// <summary>Firmware's map, put in order.</summary>
    internal RangeList Firmware;

    /// <summary>What may be given to the allocator.</summary>
    internal RangeList Usable;
}
