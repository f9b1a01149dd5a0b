namespace Sharpen.Machine.Interrupts;

/// <summary>Interrupt vectors that the hypervisor keeps for itself; higher is more urgent.</summary>
public enum Vector : byte
{
    /// <summary>Console input.</summary>
    Serial = 0xf1,

    /// <summary>This CPU's one-shot timer.</summary>
    LocalTimer = 0xf9,

    /// <summary>Another CPU has put something into this CPU's mailbox.</summary>
    Kick = 0xfc,

    /// <summary>The local APIC saw a malformed message.</summary>
    ApicError = 0xfe,

    /// <summary>An interrupt that was withdrawn; not acknowledged.</summary>
    Spurious = 0xff,
}
