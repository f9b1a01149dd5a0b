namespace Sharpen.Hypervisor.Grants;

/// <summary>What we know of one grant beside what its domain writes: who uses it, and how often. All zero while nobody does.</summary>
public struct ActiveGrant
{
    /// <summary>The frame, as the entry said when its use began.</summary>
    public uint Frame;

    /// <summary>Who uses it.</summary>
    public ushort Domain;

    /// <summary>Not zero while its contents are taken elsewhere.</summary>
    public ushort Reserved;

    /// <summary>Uses that only read.</summary>
    public uint Readers;

    /// <summary>Uses that write as well.</summary>
    public uint Writers;

    /// <summary>True while somebody uses it.</summary>
    public readonly bool IsUsed => (Readers | Writers) != 0;
}
