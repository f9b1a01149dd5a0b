namespace Sharpen.Abi;

/// <summary><c>struct gnttab_copy</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantCopy : IAbiData
{
    /// <summary><c>source</c></summary>
    public GrantCopyPlace Source;

    /// <summary><c>dest</c></summary>
    public GrantCopyPlace Target;

    /// <summary><c>len</c>: in bytes</summary>
    public ushort Length;

    /// <summary><c>flags</c></summary>
    public GrantCopyFlags Flags;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;
}
