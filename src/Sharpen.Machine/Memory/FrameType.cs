namespace Sharpen.Machine.Memory;

/// <summary>What a frame of a domain is used as, while anybody relies on it.</summary>
public enum FrameType : byte
{
    /// <summary>Not relied on as anything: it may be read.</summary>
    None,

    /// <summary>A table of level 1 to 4: the values are the levels.</summary>
    L1Table = 1,
    L2Table = 2,
    L3Table = 3,
    L4Table = 4,

    /// <summary>Descriptors that a CPU loads: checked, and not writable by the guest.</summary>
    SegmentDescriptors = 5,

    /// <summary>The guest may write it.</summary>
    Writable = 7,
}
