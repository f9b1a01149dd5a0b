namespace Sharpen.Abi;

/// <summary><c>struct gnttab_transfer</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantTransfer : IAbiData
{
    /// <summary><c>mfn</c></summary>
    public ulong Frame;

    /// <summary><c>domid</c></summary>
    public ushort Domain;

    /// <summary><c>ref</c></summary>
    public uint Reference;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;
}
