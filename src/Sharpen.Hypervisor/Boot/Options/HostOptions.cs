using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Power;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>The command line as values; nothing after the parser sees its text. Zero means that nothing was given.</summary>
public struct HostOptions
{
    /// <summary><c>acpi=no</c>: do not read the firmware's tables.</summary>
    public bool IgnoresAcpi;

    /// <summary><c>x2apic=no</c>: stay in xAPIC mode.</summary>
    public bool AvoidsX2Apic;

    /// <summary><c>console=none</c>: no serial output.</summary>
    public bool IsSilent;

    /// <summary><c>console_to_ring</c>: what dom0 writes is kept for <c>xl dmesg</c>.</summary>
    public bool KeepsConsole;

    /// <summary><c>reboot=</c>: how the host is restarted.</summary>
    public RestartWay Restart;

    /// <summary><c>noreboot</c>: halt after a panic.</summary>
    public bool HaltsOnPanic;

    /// <summary><c>sync_console</c>: wait for the serial port.</summary>
    public bool IsSynchronous;

    /// <summary><c>conswitch=ax</c>: serial input goes to the hypervisor first.</summary>
    public bool InputStartsHere;

    /// <summary><c>conswitch=</c>: the control character that moves serial input; 0 for the usual Ctrl-A.</summary>
    public byte SwitchKey;

    /// <summary><c>clocksource=</c>.</summary>
    public ClockChoice Clock;

    /// <summary><c>sched=</c>.</summary>
    public SchedulerKind Scheduler;

    /// <summary><c>spec-ctrl=</c>: the stack of predicted returns.</summary>
    public ReturnGuard Returns;

    /// <summary><c>loglvl=</c> and <c>guest_loglvl=</c>.</summary>
    public LogLevels Levels;

    /// <summary><c>com1=</c>.</summary>
    public SerialSetup Serial;

    /// <summary><c>maxcpus=</c> or <c>nosmp</c>: the most CPUs; 0 for all.</summary>
    public uint MaxCpus;

    /// <summary><c>dom0_mem=</c>.</summary>
    public Dom0Memory Dom0Memory;

    /// <summary><c>dom0_max_vcpus=</c>: how many vCPUs the control domain gets; 0 for one each CPU.</summary>
    public uint Dom0Vcpus;

    /// <summary><c>dom0_vcpus_pin</c>: each of its vCPUs runs on the CPU of its number only.</summary>
    public bool PinsDom0;

    /// <summary><c>gnttab_max_frames=</c>; 0 for what is usual.</summary>
    public uint GrantFrames;

    /// <summary><c>gnttab_max_maptrack_frames=</c>; 0 for what is usual.</summary>
    public uint GrantMapFrames;

    /// <summary><c>mem=</c>: the most memory in bytes; 0 for all.</summary>
    public ulong MemoryLimit;
}
