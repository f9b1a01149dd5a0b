namespace Sharpen.Abi;

/// <summary><c>struct gnttab_swap_grant_ref</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantSwap : IAbiData
{
    /// <summary><c>ref_a</c></summary>
    public uint First;

    /// <summary><c>ref_b</c></summary>
    public uint Second;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;
}
