using System;
using Sharpen.Abi;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>What a fault in the hypervisor was, in words.</summary>
internal static class FaultText
{
    private const uint InvalidOpcode = 6;

    /// <summary>The name of an exception.</summary>
    /// <remarks>Source: Intel SDM volume 3, table 6-1.</remarks>
    internal static string NameOf(uint vector) => vector switch
    {
        0 => "divide error",
        1 => "debug exception",
        2 => "non-maskable interrupt",
        3 => "breakpoint",
        4 => "overflow",
        5 => "bound range exceeded",
        6 => "invalid opcode",
        7 => "device not available",
        8 => "double fault",
        10 => "invalid TSS",
        11 => "segment not present",
        12 => "stack fault",
        13 => "general protection",
        14 => "page fault",
        16 => "x87 floating-point error",
        17 => "alignment check",
        18 => "machine check",
        19 => "SIMD floating-point error",
        20 => "virtualization exception",
        21 => "control protection",
        _ => "unknown exception",
    };

    /// <summary>True when the fault is a check that the compiler put in, or a bug that the code itself found.</summary>
    /// <remarks>All of them end in one instruction of runtime.S, with the kind of check in rdi: see ThrowHelpers in Sharpen.CoreLib.</remarks>
    internal static bool IsCheck(in CpuUserRegisters registers) =>
        registers.EntryVector == InvalidOpcode
        && CodeText.TryFind(registers.Rip, false, out Symbol symbol) && EndsWith(symbol.File, "runtime.S"u8);

    /// <summary>The failed check, or the exception's name.</summary>
    internal static string Describe(in CpuUserRegisters registers)
    {
        if (!IsCheck(in registers))
        {
            return NameOf(registers.EntryVector);
        }

        return registers.Rdi switch
        {
            1 => "index out of range",
            2 => "division by zero",
            3 => "arithmetic overflow",
            4 => "null reference",
            5 => "array type mismatch",
            _ => "a bug that the code found itself",
        };
    }

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) =>
        text.Length >= end.Length && text.Slice(text.Length - end.Length).SequenceEqual(end);
}
