namespace Sharpen.Hypervisor.Boot.Map;

/// <summary>What a range of machine addresses is, numbered as in E820. Where claims overlap, the one that comes later here wins.</summary>
public enum MemoryKind : uint
{
    /// <summary>Nothing is known.</summary>
    None = 0,

    /// <summary>Free to use.</summary>
    Ram = 1,

    /// <summary>Not RAM, or in use by firmware or devices.</summary>
    Reserved = 2,

    /// <summary>ACPI tables; RAM once they have been read.</summary>
    AcpiReclaimable = 3,

    /// <summary>Firmware's, kept over sleep.</summary>
    AcpiNonVolatile = 4,

    /// <summary>RAM that is broken.</summary>
    Unusable = 5,
}
