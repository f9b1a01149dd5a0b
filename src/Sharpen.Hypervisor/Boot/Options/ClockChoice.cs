namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>Which timer the CPU's counter is measured by (<c>clocksource=</c>).</summary>
public enum ClockChoice : byte
{
    /// <summary>The best that is there.</summary>
    Best,

    /// <summary>The high precision event timer.</summary>
    Hpet,

    /// <summary>ACPI's power management timer.</summary>
    PmTimer,

    /// <summary>The 8254.</summary>
    Pit,
}
