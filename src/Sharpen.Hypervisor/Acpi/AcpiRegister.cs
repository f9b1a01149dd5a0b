using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>A register in one of several address spaces. All zero: there is none.</summary>
/// <remarks>Source: ACPI specification, "Generic Address Structure".</remarks>
public readonly struct AcpiRegister
{
    private const byte MemorySpace = 0;
    private const byte PortSpace = 1;

    private AcpiRegister(byte space, byte bits, ulong address)
    {
        IsPort = space == PortSpace && address is > 0 and <= 0xffff;
        IsMemory = space == MemorySpace && address != 0;
        Bits = bits;
        Address = IsPort || IsMemory ? address : 0;
    }

    /// <summary>It is an I/O port.</summary>
    public bool IsPort { get; }

    /// <summary>It lies in memory.</summary>
    public bool IsMemory { get; }

    /// <summary>How wide it is; 0 when firmware does not say.</summary>
    public byte Bits { get; }

    /// <summary>The port or machine address.</summary>
    public ulong Address { get; }

    /// <summary>True when there is a register.</summary>
    public bool IsThere => IsPort || IsMemory;

    /// <summary>The generic form at an offset; registers in spaces that we cannot reach are none.</summary>
    internal static AcpiRegister Read(in ByteFields table, int offset) => new(table.U8(offset), table.U8(offset + 1), table.U64(offset + 4));

    /// <summary>A port, as the tables of ACPI 1.0 say it.</summary>
    internal static AcpiRegister Port(uint port, int bytes) => new(PortSpace, (byte)(bytes is > 0 and <= 8 ? bytes * 8 : 0), port);
}
