namespace Sharpen.Abi;

/// <summary><c>struct multicall_entry</c>. Source: <c>xen.h</c>.</summary>
public struct MulticallEntry : IAbiData
{
    /// <summary><c>op</c></summary>
    public ulong Operation;

    /// <summary><c>result</c></summary>
    public ulong Result;

    /// <summary><c>args</c></summary>
    public Words6 Arguments;
}
