using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct cpu_user_regs</c>: the registers of an interrupted x86-64 guest. Source: <c>arch-x86/xen-x86_64.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 200)]
public struct CpuUserRegisters : IAbiData
{
    /// <summary><c>r15</c></summary>
    [FieldOffset(0)]
    public ulong R15;

    /// <summary><c>r14</c></summary>
    [FieldOffset(8)]
    public ulong R14;

    /// <summary><c>r13</c></summary>
    [FieldOffset(16)]
    public ulong R13;

    /// <summary><c>r12</c></summary>
    [FieldOffset(24)]
    public ulong R12;

    /// <summary><c>rbp</c></summary>
    [FieldOffset(32)]
    public ulong Rbp;

    /// <summary><c>rbx</c></summary>
    [FieldOffset(40)]
    public ulong Rbx;

    /// <summary><c>r11</c></summary>
    [FieldOffset(48)]
    public ulong R11;

    /// <summary><c>r10</c></summary>
    [FieldOffset(56)]
    public ulong R10;

    /// <summary><c>r9</c></summary>
    [FieldOffset(64)]
    public ulong R9;

    /// <summary><c>r8</c></summary>
    [FieldOffset(72)]
    public ulong R8;

    /// <summary><c>rax</c></summary>
    [FieldOffset(80)]
    public ulong Rax;

    /// <summary><c>rcx</c></summary>
    [FieldOffset(88)]
    public ulong Rcx;

    /// <summary><c>rdx</c></summary>
    [FieldOffset(96)]
    public ulong Rdx;

    /// <summary><c>rsi</c></summary>
    [FieldOffset(104)]
    public ulong Rsi;

    /// <summary><c>rdi</c></summary>
    [FieldOffset(112)]
    public ulong Rdi;

    /// <summary><c>error_code</c></summary>
    [FieldOffset(120)]
    public uint ErrorCode;

    /// <summary><c>entry_vector</c></summary>
    [FieldOffset(124)]
    public uint EntryVector;

    /// <summary><c>rip</c></summary>
    [FieldOffset(128)]
    public ulong Rip;

    /// <summary><c>cs</c></summary>
    [FieldOffset(136)]
    public ushort Cs;

    /// <summary><c>saved_upcall_mask</c>: non-zero when upcalls were masked</summary>
    [FieldOffset(140)]
    public byte SavedUpcallMask;

    /// <summary><c>rflags</c>: IF is the inverse of the upcall mask</summary>
    [FieldOffset(144)]
    public ulong Rflags;

    /// <summary><c>rsp</c></summary>
    [FieldOffset(152)]
    public ulong Rsp;

    /// <summary><c>ss</c></summary>
    [FieldOffset(160)]
    public ushort Ss;

    /// <summary><c>es</c></summary>
    [FieldOffset(168)]
    public ushort Es;

    /// <summary><c>ds</c></summary>
    [FieldOffset(176)]
    public ushort Ds;

    /// <summary><c>fs</c></summary>
    [FieldOffset(184)]
    public ushort Fs;

    /// <summary><c>gs</c></summary>
    [FieldOffset(192)]
    public ushort Gs;
}
