namespace Sharpen.Machine.Memory;

/// <summary>What the allocator knows about a frame.</summary>
internal enum FrameState : byte
{
    /// <summary>Not the first of a block, or never the allocator's: firmware, the image, the frame table itself.</summary>
    Unknown,

    /// <summary>First of a free block.</summary>
    Free,

    /// <summary>First of a block that the hypervisor uses.</summary>
    Hypervisor,

    /// <summary>A frame of a domain; each of a block's frames is marked.</summary>
    Domain,

    /// <summary>A frame that its domain has given back, but somebody refers to.</summary>
    Lingering,
}
