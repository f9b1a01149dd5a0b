namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>The options of the command line, in the order of their documentation. What each means is in <see cref="OptionTable"/>.</summary>
public enum OptionId
{
    Acpi,
    Clocksource,
    Com1,
    Console,
    ConsoleToRing,
    Conswitch,
    Dom0MaxVcpus,
    Dom0Mem,
    Dom0VcpusPin,
    GnttabMaxFrames,
    GnttabMaxMaptrackFrames,
    GuestLoglvl,
    Loglvl,
    Maxcpus,
    Mem,
    Noreboot,
    Nosmp,
    Reboot,
    Sched,
    SpecCtrl,
    SyncConsole,
    X2Apic,

    /// <summary>How many options there are.</summary>
    Count,
}
