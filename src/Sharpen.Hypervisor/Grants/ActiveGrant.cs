namespace Sharpen.Hypervisor.Grants;

/// <summary>What we know of one grant beside what its domain writes: who uses it, and how often. All zero while nobody does.</summary>
internal struct ActiveGrant
{
    /// <summary>The frame, as the entry said when its use began.</summary>
    internal uint Frame;

    /// <summary>Who uses it.</summary>
    internal ushort Domain;

    /// <summary>It stands for a grant of another domain: <see cref="Frame"/> is none.</summary>
    internal bool IsPassedOn;

    /// <summary>Uses that only read.</summary>
    internal uint Readers;

    /// <summary>Uses that write as well.</summary>
    internal uint Writers;

    /// <summary>True while somebody uses it.</summary>
    internal readonly bool IsUsed => (Readers | Writers) != 0;
}
