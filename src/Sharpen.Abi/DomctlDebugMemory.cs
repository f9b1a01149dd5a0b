using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_gdbsx_memio</c>: a debugger reads or writes a domain's memory. Source: <c>domctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
public struct DomctlDebugMemory : IAbiData
{
    /// <summary><c>pgd3val</c>: for guests of 32 bits</summary>
    [FieldOffset(0)]
    public ulong Directory;

    /// <summary><c>gva</c>: where in the domain</summary>
    [FieldOffset(8)]
    public ulong Address;

    /// <summary><c>uva</c>: where in the caller</summary>
    [FieldOffset(16)]
    public ulong Buffer;

    /// <summary><c>len</c>: bytes</summary>
    [FieldOffset(24)]
    public uint Length;

    /// <summary><c>gwr</c>: not zero to write to the domain</summary>
    [FieldOffset(28)]
    public byte IsWrite;

    /// <summary><c>remain</c>: bytes that were not copied</summary>
    [FieldOffset(32)]
    public uint Remaining;
}
