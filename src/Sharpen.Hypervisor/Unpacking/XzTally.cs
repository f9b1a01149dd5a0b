namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The sizes of an .xz file's blocks, folded into one: the index at the end must fold to the same.</summary>
internal struct XzTally
{
    private const ulong Multiplier = 0x9e3779b97f4a7c15;

    private ulong _fold;

    /// <summary>How many blocks.</summary>
    internal ulong Count { get; private set; }

    internal void Add(ulong packed, ulong unpacked)
    {
        unchecked
        {
            Count++;
            _fold = (((_fold ^ packed) * Multiplier) ^ unpacked) * Multiplier;
            _fold ^= _fold >> 29;
        }
    }

    internal readonly bool Equals(in XzTally other) => Count == other.Count && _fold == other._fold;
}
