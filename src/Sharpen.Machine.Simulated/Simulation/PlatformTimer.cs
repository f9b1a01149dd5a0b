namespace Sharpen.Machine.Simulation;

/// <summary>Timers of known rate that a host may have.</summary>
public enum PlatformTimer
{
    /// <summary>The high-precision event timer.</summary>
    Hpet,

    /// <summary>The ACPI timer.</summary>
    PowerManagement,

    /// <summary>Channel 2 of the 8254.</summary>
    Pit,
}
