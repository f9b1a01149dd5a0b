using System;
using System.Collections.Generic;

namespace Sharpen.Toolstack.Config;

/// <summary>A guest as its configuration wants it: all texts understood, all defaults filled in. Source: xl.cfg(5).</summary>
public sealed record DomainConfig
{
    /// <summary>Most vCPUs of a PV guest.</summary>
    public const int MostVcpus = 512;

    /// <summary>Its name; no two domains of a host have the same.</summary>
    public required string Name { get; init; }

    /// <summary>Its UUID; null for a random one.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>The domain's number; null for the next one.</summary>
    public ushort? Domain { get; init; }

    /// <summary>Memory at the start, in KiB.</summary>
    public required ulong Memory { get; init; }

    /// <summary>Most memory that it can ever have, in KiB.</summary>
    public required ulong MaximumMemory { get; init; }

    /// <summary>vCPUs that are online at the start.</summary>
    public int Vcpus { get; init; } = 1;

    /// <summary>Most vCPUs that it can ever have.</summary>
    public int MaximumVcpus { get; init; } = 1;

    /// <summary>Where each vCPU may run; the last counts for those behind it too only when there is one. Empty: anywhere.</summary>
    public IReadOnlyList<CpuList> HardAffinity { get; init; } = [];

    /// <summary>Where each vCPU prefers to run.</summary>
    public IReadOnlyList<CpuList> SoftAffinity { get; init; } = [];

    /// <summary>The kernel's file; empty when a boot loader finds it.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>The ramdisk's file; empty for none.</summary>
    public string Ramdisk { get; init; } = "";

    /// <summary>The kernel's command line.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>The program that finds a kernel on the guest's disk; empty for none.</summary>
    public string Bootloader { get; init; } = "";

    /// <summary>What the boot loader is given.</summary>
    public IReadOnlyList<string> BootloaderArguments { get; init; } = [];

    /// <summary>When it powers off.</summary>
    public EventAction OnPoweroff { get; init; } = EventAction.Destroy;

    /// <summary>When it reboots.</summary>
    public EventAction OnReboot { get; init; } = EventAction.Restart;

    /// <summary>When its watchdog ran out.</summary>
    public EventAction OnWatchdog { get; init; } = EventAction.Destroy;

    /// <summary>When it crashes.</summary>
    public EventAction OnCrash { get; init; } = EventAction.Destroy;

    /// <summary>When it asks for a soft reset.</summary>
    public EventAction OnSoftReset { get; init; } = EventAction.SoftReset;

    /// <summary>Disks, in order.</summary>
    public IReadOnlyList<DiskSpec> Disks { get; init; } = [];

    /// <summary>Network cards, in order.</summary>
    public IReadOnlyList<VifSpec> Vifs { get; init; } = [];

    /// <summary>Channels, in order; the first is the guest's second console.</summary>
    public IReadOnlyList<ChannelSpec> Channels { get; init; } = [];

    /// <summary>Screens, in order.</summary>
    public IReadOnlyList<ScreenSpec> Screens { get; init; } = [];

    /// <summary>The CPU pool: its name or number.</summary>
    public string Pool { get; init; } = "";

    /// <summary>The scheduler's weight; null for its own default.</summary>
    public int? Weight { get; init; }

    /// <summary>The scheduler's cap in percent of a CPU; null for none.</summary>
    public int? Cap { get; init; }

    /// <summary>Frames of the grant table; null for the hypervisor's default.</summary>
    public int? GrantFrames { get; init; }

    /// <summary>Frames for tracking maps; null for the hypervisor's default.</summary>
    public int? MaptrackFrames { get; init; }

    /// <summary>The newest version of grant tables; null for the hypervisor's default.</summary>
    public int? GrantVersion { get; init; }

    /// <summary>Event channels.</summary>
    public int EventChannels { get; init; } = 1023;

    /// <summary>How time stamps are made: the number of xen-tscmode(7).</summary>
    public int TscMode { get; init; }

    /// <summary>It shall stay on this host.</summary>
    public bool IsPinnedToHost { get; init; }

    /// <summary>It serves devices to others.</summary>
    public bool IsDriverDomain { get; init; }

    /// <summary>Seconds that its clock is off.</summary>
    public int TimeOffset { get; init; }
}
