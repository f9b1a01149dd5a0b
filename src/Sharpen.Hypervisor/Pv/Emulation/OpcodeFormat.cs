using System;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>What follows an opcode, and what it works on. Zero: an instruction that nobody emulates.</summary>
[Flags]
internal enum OpcodeFormat : byte
{
    None = 0,

    /// <summary>Nothing follows.</summary>
    Plain = 1,

    /// <summary>A ModRM byte, with what it asks for.</summary>
    ModRm = 2,

    /// <summary>One byte of immediate, sign-extended to the operand.</summary>
    ImmediateByte = 4,

    /// <summary>An immediate as long as the operand, at most four bytes, sign-extended.</summary>
    ImmediateOperand = 8,

    /// <summary>An address as long as addresses are.</summary>
    Address = 16,

    /// <summary>The operand is a byte.</summary>
    Byte = 32,

    /// <summary>May be locked when its ModRM byte names memory.</summary>
    Lockable = 64,
}
