namespace Sharpen.Hypervisor.Power;

/// <summary>How the host is restarted (<c>reboot=</c>).</summary>
public enum RestartWay : byte
{
    /// <summary>By the register that the firmware names, then by what has always worked.</summary>
    Best,

    /// <summary>Not at all.</summary>
    None,

    /// <summary>By the register that the firmware names.</summary>
    Acpi,

    /// <summary>By the keyboard controller.</summary>
    Keyboard,

    /// <summary>By the chipset's register, at port 0xcf9.</summary>
    Chipset,

    /// <summary>By a fault that no CPU survives.</summary>
    TripleFault,
}
