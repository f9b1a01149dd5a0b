namespace Sharpen.Machine.Time;

/// <summary>A timer whose rate is known beforehand: what the others are measured by.</summary>
public enum ReferenceTimer
{
    /// <summary>High-precision event timer.</summary>
    Hpet,

    /// <summary>ACPI power-management timer.</summary>
    PowerManagement,

    /// <summary>8254, channel 2.</summary>
    Pit,
}
