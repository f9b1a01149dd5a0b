namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>What the code segment says about instructions in it.</summary>
internal readonly struct CodeSegment
{
    /// <summary>True for 64-bit code: no base, REX prefixes.</summary>
    internal readonly bool Is64Bit;

    /// <summary>In other code: true when operands and addresses have four bytes unless a prefix says otherwise, false for two.</summary>
    internal readonly bool Is32Bit;

    /// <summary>In other code: where the segment begins.</summary>
    internal readonly uint Base;

    internal CodeSegment(bool is64Bit, bool is32Bit, uint start)
    {
        Is64Bit = is64Bit;
        Is32Bit = is32Bit;
        Base = start;
    }

    /// <summary>The linear address of an offset in the segment.</summary>
    internal ulong Linear(ulong offset) => Is64Bit ? offset : unchecked((uint)offset + Base);
}
