namespace Sharpen.Hypervisor.Acpi;

/// <summary>Signatures of the tables that are read: their four letters as a little-endian number.</summary>
internal enum AcpiSignature : uint
{
    /// <summary><c>APIC</c>: CPUs and interrupt controllers.</summary>
    Madt = 0x43495041,

    /// <summary><c>FACP</c>: fixed hardware.</summary>
    Fadt = 0x50434146,

    /// <summary><c>DSDT</c>: the byte code.</summary>
    Dsdt = 0x54445344,

    /// <summary><c>HPET</c>: the event timer block.</summary>
    Hpet = 0x54455048,

    /// <summary><c>MCFG</c>: PCI configuration in memory.</summary>
    Mcfg = 0x4746434d,

    /// <summary><c>SRAT</c>: which memory and CPUs are near to each other.</summary>
    Srat = 0x54415253,

    /// <summary><c>SLIT</c>: how far nodes are from each other.</summary>
    Slit = 0x54494c53,

    /// <summary><c>RSDT</c>: list of tables, 32-bit addresses.</summary>
    Rsdt = 0x54445352,

    /// <summary><c>XSDT</c>: list of tables, 64-bit addresses.</summary>
    Xsdt = 0x54445358,
}
