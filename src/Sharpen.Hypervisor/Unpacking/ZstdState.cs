namespace Sharpen.Hypervisor.Unpacking;

/// <summary>One state of a <see cref="ZstdCode"/>.</summary>
internal struct ZstdState
{
    /// <summary>The lowest state that may follow.</summary>
    internal ushort Base;

    /// <summary>How many bits are added to it.</summary>
    internal byte Bits;

    /// <summary>What it stands for.</summary>
    internal byte Symbol;
}
