namespace Sharpen.Hypervisor.Unpacking;

/// <summary>Why packed data was refused.</summary>
internal enum UnpackFault
{
    None,

    /// <summary>The data ends too soon.</summary>
    Truncated,

    /// <summary>A field of the container makes no sense.</summary>
    BadHeader,

    /// <summary>The packed data makes no sense.</summary>
    BadData,

    /// <summary>The data unpacks, but not to what was packed: a checksum differs.</summary>
    BadCheck,

    /// <summary>A compression, filter or kind of checksum that is not known here.</summary>
    Unsupported,

    /// <summary>There is more than the destination holds.</summary>
    TooLong,

    /// <summary>Something follows the end.</summary>
    Trailing,

    /// <summary>The length differs from the one that was declared.</summary>
    BadLength,

    /// <summary>There is no memory to unpack it with.</summary>
    NoMemory,
}
