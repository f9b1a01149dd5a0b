namespace Sharpen.Abi;

/// <summary><c>struct mmu_update</c>. Source: <c>xen.h</c>.</summary>
public struct MmuUpdate : IAbiData
{
    /// <summary><c>ptr</c>: machine address of the entry; the low two bits are the command</summary>
    public ulong Address;

    /// <summary><c>val</c></summary>
    public ulong Value;
}
