namespace Sharpen.Abi;

/// <summary><c>struct mmuext_op</c>. Source: <c>xen.h</c>.</summary>
public struct MmuExtendedOp : IAbiData
{
    /// <summary><c>cmd</c></summary>
    public MmuExtendedCommand Command;

    /// <summary><c>arg1</c>: a machine frame, or a linear address</summary>
    public ulong First;

    /// <summary><c>arg2</c>: how many entries, a pointer to a bitmap of vCPUs, or a machine frame</summary>
    public ulong Second;
}
