namespace Sharpen.Abi;

/// <summary><c>struct trap_info</c>: the handler of one exception; a zero address ends a list. Source: <c>arch-x86/xen.h</c>.</summary>
public struct TrapInfo : IAbiData
{
    /// <summary><c>vector</c></summary>
    public byte Vector;

    /// <summary><c>flags</c>: bits 0 and 1: privilege level; bit 2: mask upcalls</summary>
    public byte Flags;

    /// <summary><c>cs</c></summary>
    public ushort Cs;

    /// <summary><c>address</c></summary>
    public ulong Address;
}
