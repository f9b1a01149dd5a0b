namespace Sharpen.Abi;

/// <summary><c>struct iret_context</c>: what a PV kernel leaves on its stack for <see cref="Hypercall.Iret"/>. Source: <c>arch-x86/xen-x86_64.h</c>.</summary>
public struct IretContext : IAbiData
{
    /// <summary><c>rax</c></summary>
    public ulong Rax;

    /// <summary><c>r11</c></summary>
    public ulong R11;

    /// <summary><c>rcx</c></summary>
    public ulong Rcx;

    /// <summary><c>flags</c></summary>
    public ulong Flags;

    /// <summary><c>rip</c></summary>
    public ulong Rip;

    /// <summary><c>cs</c></summary>
    public ulong Cs;

    /// <summary><c>rflags</c></summary>
    public ulong Rflags;

    /// <summary><c>rsp</c></summary>
    public ulong Rsp;

    /// <summary><c>ss</c></summary>
    public ulong Ss;
}
