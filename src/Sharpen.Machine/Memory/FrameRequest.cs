namespace Sharpen.Machine.Memory;

/// <summary>What a domain wants of the frames it gets, besides their number. All zero: anything will do.</summary>
public readonly struct FrameRequest
{
    private readonly byte _addressBits;
    private readonly byte _nodePlusOne;
    private readonly bool _isExact;
    private readonly bool _isUncleared;

    private FrameRequest(bool isUncleared)
    {
        this = default;
        _isUncleared = isUncleared;
    }

    /// <summary>Anything will do, whatever it contains: for who may see all of the host anyway, and clears what must be.</summary>
    public static FrameRequest Uncleared => new(isUncleared: true);

    /// <summary>Frames below an address, or near a CPU.</summary>
    /// <param name="addressBits">How many bits every address in them may have; 0 for any.</param>
    /// <param name="node">The node that is preferred; negative for none.</param>
    /// <param name="isExact">True: from that node or not at all.</param>
    public FrameRequest(byte addressBits, int node, bool isExact)
    {
        _addressBits = addressBits;
        _nodePlusOne = node is >= 0 and < byte.MaxValue ? (byte)(node + 1) : (byte)0;
        _isExact = isExact;
        _isUncleared = false;
    }

    /// <summary>Every frame lies below this one.</summary>
    internal Mfn Limit => _addressBits == 0 || _addressBits >= 64 ? new Mfn(AddressSpace.FrameLimit)
        : new Mfn(_addressBits > PageSize.Shift ? 1UL << (_addressBits - PageSize.Shift) : 0);

    /// <summary>The preferred node; negative for none.</summary>
    internal int Node => _nodePlusOne - 1;

    internal FrameOptions Options => FrameOptions.Anywhere
        | (_isExact && _nodePlusOne != 0 ? FrameOptions.ThisNode : FrameOptions.None)
        | (_isUncleared ? FrameOptions.None : FrameOptions.Cleared);
}
