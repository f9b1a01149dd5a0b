namespace Sharpen.Abi;

/// <summary><c>struct xen_msr_entry</c>: one model-specific register. Source: <c>arch-x86/xen.h</c>.</summary>
public struct RegisterEntry : IAbiData
{
    /// <summary><c>idx</c></summary>
    public uint Number;

    /// <summary><c>flags</c></summary>
    public uint Flags;

    /// <summary><c>val</c></summary>
    public ulong Value;
}
