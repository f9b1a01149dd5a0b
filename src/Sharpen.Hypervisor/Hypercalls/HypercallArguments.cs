using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What a caller had in its registers: read once, so that nothing changes while it is looked at.</summary>
public readonly struct HypercallArguments
{
    /// <summary>Above the command, a memory call tells itself how many extents are done. Private to the hypervisor, but 6 bits by <c>memory.h</c>'s numbers.</summary>
    private const int MemoryExtentShift = 6;

    private const uint MemoryCommandMask = (1U << MemoryExtentShift) - 1;

    public readonly Hypercall Number;
    public readonly ulong First;
    public readonly ulong Second;
    public readonly ulong Third;
    public readonly ulong Fourth;
    public readonly ulong Fifth;

    /// <summary>By the 64-bit calling convention. Source: <c>arch-x86/xen-x86_64.h</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HypercallArguments(in CpuUserRegisters registers)
    {
        Number = registers.Rax <= uint.MaxValue ? (Hypercall)(uint)registers.Rax : (Hypercall)uint.MaxValue;
        First = registers.Rdi;
        Second = registers.Rsi;
        Third = registers.Rdx;
        Fourth = registers.R10;
        Fifth = registers.R8;
    }

    /// <summary>One call of a list; the sixth argument is nobody's. Source: <c>xen.h</c>, <c>struct multicall_entry</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HypercallArguments(ref MulticallEntry entry)
    {
        Span<ulong> arguments = Layout.Items<Words6, ulong>(ref entry.Arguments);
        Number = entry.Operation <= uint.MaxValue ? (Hypercall)(uint)entry.Operation : (Hypercall)uint.MaxValue;
        First = arguments[0];
        Second = arguments[1];
        Third = arguments[2];
        Fourth = arguments[3];
        Fifth = arguments[4];
    }

    /// <summary>A call that another one stands for, with two arguments.</summary>
    public HypercallArguments(Hypercall number, ulong first, ulong second)
    {
        Number = number;
        First = first;
        Second = second;
    }

    /// <summary>The first argument as the command that most calls take: 32 bits, the rest is ignored; that of memory calls has six.</summary>
    public uint Command => unchecked((uint)First) & (Number == Hypercall.MemoryOp ? MemoryCommandMask : uint.MaxValue);

    /// <summary>How many extents of a memory call are done: what its first argument has above the command.</summary>
    public ulong ExtentsDone => First >> MemoryExtentShift;

    /// <summary>The first argument of a memory call that is made again when so many extents are done.</summary>
    public ulong WithExtentsDone(ulong done) => Command | (done << MemoryExtentShift);
}
