using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What a caller has in its registers. They lie as in <see cref="CpuUserRegisters"/>, where they are read: its guest cannot change them there.</summary>
/// <remarks>By the 64-bit calling convention. Source: <c>arch-x86/xen-x86_64.h</c>.</remarks>
public readonly struct HypercallArguments : IAbiData
{
    /// <summary>Above the command, a memory call tells itself how many extents are done. Private to the hypervisor, but 6 bits by <c>memory.h</c>'s numbers.</summary>
    private const int MemoryExtentShift = 6;

    private const uint MemoryCommandMask = (1U << MemoryExtentShift) - 1;

    private const int FirstRegister = 7 * sizeof(ulong);

    public readonly ulong Fourth;
    private readonly ulong _r9;
    public readonly ulong Fifth;
    private readonly ulong _rax;
    private readonly ulong _rcx;
    public readonly ulong Third;
    public readonly ulong Second;
    public readonly ulong First;

    /// <summary>One call of a list; the sixth argument is nobody's. Source: <c>xen.h</c>, <c>struct multicall_entry</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HypercallArguments(ref MulticallEntry entry)
    {
        Span<ulong> arguments = Layout.Items<Words6, ulong>(ref entry.Arguments);
        _r9 = 0;
        _rcx = 0;
        _rax = entry.Operation;
        First = arguments[0];
        Second = arguments[1];
        Third = arguments[2];
        Fourth = arguments[3];
        Fifth = arguments[4];
    }

    /// <summary>A call that another one stands for, with two arguments.</summary>
    public HypercallArguments(Hypercall number, ulong first, ulong second)
    {
        _rax = (uint)number;
        First = first;
        Second = second;
    }

    /// <summary>Those of a caller, where they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly HypercallArguments Of(ref readonly CpuUserRegisters registers) =>
        ref Layout.Part<CpuUserRegisters, HypercallArguments>(in registers, FirstRegister);

    /// <summary>Which call, all 64 bits: what no call has is none.</summary>
    public ulong Which => _rax;

    /// <summary>Which call.</summary>
    public Hypercall Number => _rax <= uint.MaxValue ? (Hypercall)(uint)_rax : (Hypercall)uint.MaxValue;

    /// <summary>The first argument as the command that most calls take: 32 bits, the rest is ignored.</summary>
    public uint Command => unchecked((uint)First);

    /// <summary>The first argument as the command of a memory call.</summary>
    public uint MemoryCommand => unchecked((uint)First) & MemoryCommandMask;

    /// <summary>How many extents of a memory call are done: what its first argument has above the command.</summary>
    public ulong ExtentsDone => First >> MemoryExtentShift;

    /// <summary>The first argument of a memory call that is made again when so many extents are done.</summary>
    public ulong WithExtentsDone(ulong done) => MemoryCommand | (done << MemoryExtentShift);
}
