namespace Sharpen.Abi;

/// <summary><c>struct grant_entry_v1</c>: one grant, as its domain writes it. Source: <c>grant_table.h</c>.</summary>
public struct GrantEntry : IAbiData
{
    /// <summary><c>flags</c></summary>
    public GrantFlags Flags;

    /// <summary><c>domid</c></summary>
    public ushort Domain;

    /// <summary><c>frame</c></summary>
    public uint Frame;
}
