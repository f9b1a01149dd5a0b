namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>One instruction, taken apart.</summary>
internal struct Instruction
{
    /// <summary>Which.</summary>
    internal Opcode Opcode;

    /// <summary>Its bytes, prefixes and all: 1 to 15.</summary>
    internal int Length;

    /// <summary>Bytes of an operand: 1, 2, 4 or 8.</summary>
    internal int OperandBytes;

    /// <summary>Bytes of an address: 2, 4 or 8.</summary>
    internal int AddressBytes;

    /// <summary>True in a 64-bit code segment.</summary>
    internal bool Is64Bit;

    /// <summary>True with a REX prefix, so that registers 4 to 7 are no second bytes.</summary>
    internal bool HasRex;

    /// <summary>True with the prefix <c>lock</c>.</summary>
    internal bool IsLocked;

    /// <summary>True with either repeat prefix.</summary>
    internal bool IsRepeated;

    /// <summary>The segment whose base counts: the one that a prefix names, else the usual one.</summary>
    internal SegmentName Segment;

    /// <summary>The register of the ModRM byte, 0 to 15.</summary>
    internal int Register;

    /// <summary>The other register of the ModRM byte, 0 to 15, when <see cref="IsMemory"/> is false.</summary>
    internal int Base;

    /// <summary>The ModRM byte itself.</summary>
    internal byte ModRm;

    /// <summary>True when the ModRM byte, or the opcode itself, names memory.</summary>
    internal bool IsMemory;

    /// <summary>Where in its segment, cut to the size of addresses.</summary>
    internal ulong Offset;

    /// <summary>What the instruction carries, sign-extended.</summary>
    internal ulong Immediate;

    /// <summary>Which of a group of instructions: the register field without its REX bit.</summary>
    internal readonly int Group => (ModRm >> 3) & 7;
}
