using System;
using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Diagnostics;

/// <summary>The hypervisor's own stacks and code, for a report.</summary>
public static unsafe class HostStack
{
    /// <summary>The bytes from a stack pointer to the top of that stack; empty when it points into no stack of ours.</summary>
    /// <remarks>Safety: only offsets that are mapped in every block are handed out, and only of the executing CPU's own block.</remarks>
    public static ReadOnlySpan<byte> From(ulong stackPointer)
    {
        ulong block = stackPointer & ~(CpuBlock.BlockSize - 1);
        ulong offset = stackPointer - block;
        ulong top = TopFor(offset);
        return block == CpuBlock.Start && top != 0 ? new ReadOnlySpan<byte>((void*)stackPointer, (int)(top - offset)) : default;
    }

    /// <summary>The bytes of code at an address; empty when it lies outside the image's code.</summary>
    public static ReadOnlySpan<byte> Code(ulong address, int bytes) =>
        address >= Symbols.TextStart && address < Symbols.TextEnd && (ulong)(uint)bytes <= Symbols.TextEnd - address
            ? new ReadOnlySpan<byte>((void*)address, bytes)
            : default;

    private static ulong TopFor(ulong offset) => offset switch
    {
        >= CpuBlock.MainStackBottom and < CpuBlock.MainStackTop => CpuBlock.MainStackTop,
        >= 0x1000 and < CpuBlock.NmiStackTop => CpuBlock.NmiStackTop,
        >= 0x3000 and < CpuBlock.MachineCheckStackTop => CpuBlock.MachineCheckStackTop,
        >= 0x5000 and < CpuBlock.DoubleFaultStackTop => CpuBlock.DoubleFaultStackTop,
        >= 0x7000 and < CpuBlock.DebugStackTop => CpuBlock.DebugStackTop,
        _ => 0,
    };
}
