namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>What an instruction makes of its operand in memory, and of the registers.</summary>
internal struct MemoryEffect
{
    /// <summary>For <see cref="Register"/>: none changes.</summary>
    internal const int NoRegister = -1;

    /// <summary>The operand afterwards, cut to its size.</summary>
    internal ulong Value;

    /// <summary>False: the operand stays, and may not be written.</summary>
    internal bool Writes;

    /// <summary>The flags afterwards.</summary>
    internal ulong Flags;

    /// <summary>The register that changes, 0 to 15.</summary>
    internal int Register;

    /// <summary>What it then holds, cut to the operand's size.</summary>
    internal ulong RegisterValue;
}
