namespace Sharpen.Hypervisor.Acpi;

/// <summary>A non-maskable interrupt line: a pin of local APICs, or a global system interrupt.</summary>
public readonly struct AcpiNmi
{
    /// <summary>As <see cref="AcpiId"/>: the pin of every CPU.</summary>
    public const uint EveryCpu = uint.MaxValue;

    internal AcpiNmi(bool isLocal, uint acpiId, uint line, ushort flags)
    {
        IsLocal = isLocal;
        AcpiId = acpiId;
        Line = line;
        Flags = flags;
    }

    /// <summary>True for a pin of local APICs.</summary>
    public bool IsLocal { get; }

    /// <summary>Whose pin; for a local line only.</summary>
    public uint AcpiId { get; }

    /// <summary>The pin (0 or 1), or the global system interrupt.</summary>
    public uint Line { get; }

    /// <summary>Polarity in bits 0 and 1, trigger mode in bits 2 and 3.</summary>
    public ushort Flags { get; }
}
