using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// A domain: an address to own things by, a set of vCPUs, and a life cycle. It lies in a pool; what is stored anywhere is
/// its id or its slot, and both are looked up again on every visit.
/// </summary>
public partial struct Domain
{
    /// <summary>The most vCPUs that one domain may have.</summary>
    public const int MaxVcpus = 512;

    /// <summary>vCPUs that have a place in the shared page (<c>XEN_LEGACY_MAX_VCPUS</c>); others do not run before they have one of their own.</summary>
    public const int VcpusInSharedPage = 32;

    /// <summary>The highest port that a domain may use of which nothing else was said.</summary>
    public const uint UsualHighestPort = 1023;

    /// <summary>Guards the phase, the pause count and the counters.</summary>
    public SpinLock<DomainRank> Lock;

    /// <summary>Its number.</summary>
    public DomainId Id;

    /// <summary>Where it is in its life.</summary>
    public DomainPhase Phase;

    /// <summary>Why it stopped; meaningful from <see cref="DomainPhase.Shut"/> on.</summary>
    public ShutdownReason Reason;

    /// <summary>True when <see cref="Reason"/> was given in advance.</summary>
    public bool HasReason;

    /// <summary>How far teardown has come; meaningful while <see cref="DomainPhase.Dying"/>.</summary>
    public TeardownStage Teardown;

    /// <summary>How many want it not to run; a domain is built with one.</summary>
    public int PauseCount;

    /// <summary>The share of CPU time its vCPUs get, against that of others; 256 is usual.</summary>
    public int Weight;

    /// <summary>How much CPU time its vCPUs may have together, however idle the host is.</summary>
    public CpuCap Cap;

    /// <summary>What it owns.</summary>
    public DomainCounters Owned;

    /// <summary>True for the domain that may do what changes the host.</summary>
    public bool IsPrivileged;

    /// <summary>True for the domain that stands for the host: when it stops, the host does.</summary>
    public bool IsHardware;

    /// <summary>A name for people, ASCII, zero-padded.</summary>
    public Bytes16 Name;

    /// <summary>Its UUID, as its toolstack says; zero for none.</summary>
    public Bytes16 Handle;

    /// <summary>The assists it switched on, one bit per <see cref="VmAssistKind"/> below 64.</summary>
    public ulong Assists;

    /// <summary>What it has written to the console since its last line feed. Under <see cref="Lock"/>.</summary>
    public GuestLine ConsoleLine;

    /// <summary>Guards the ports; see <see cref="DomainEvents"/>.</summary>
    internal SpinLock<EventRank> EventLock;

    /// <summary>The page it shares with us; see <see cref="SharedPages"/>.</summary>
    internal SharedPage Shared;

    /// <summary>Its frames. Under <see cref="Lock"/>.</summary>
    internal DomainFrames Memory;

    /// <summary>What it grants; see <see cref="DomainGrants"/>.</summary>
    internal GrantTable Grants;

    /// <summary>What it has mapped of others' grants. Under <see cref="Lock"/>.</summary>
    internal GrantMappings Mappings;

    /// <summary>While it is dying: handles of <see cref="Mappings"/> below this one are given up.</summary>
    internal uint GrantCursor;

    /// <summary>How many vCPUs its maker allowed it.</summary>
    public int MostVcpus;

    /// <summary>True for a domain that serves xenstore, as its maker said.</summary>
    public bool IsStore;

    /// <summary>True while somebody debugs it.</summary>
    public bool IsDebugged;

    /// <summary>A label of a security policy, which is only kept.</summary>
    public uint SecurityId;

    /// <summary>How its maker wants model-specific registers treated, which is only kept.</summary>
    public uint Miscellaneous;

    /// <summary>How it sees the time stamp counter.</summary>
    public GuestTsc Tsc;

    /// <summary>Its port that is told when it suspends itself, instead of the control domain; 0 for none.</summary>
    public uint SuspendPort;

    /// <summary>Seconds that its time of day is ahead of the host's.</summary>
    public long TimeOffset;

    /// <summary>Not zero while some CPU takes a step of its teardown.</summary>
    internal int IsStepped;

    /// <summary>True while a domain that asked for its end takes the steps, and not whoever has time.</summary>
    internal bool HasUndertaker;

    /// <summary>Which domain.</summary>
    internal DomainId Undertaker;

    /// <summary>The highest port that it may use, unless it is the hardware domain.</summary>
    public uint HighestPort;

    /// <summary>How many of its vCPUs are in <see cref="SchedCommand.Poll"/>, or were when they stopped: never too few.</summary>
    internal int Pollers;

    /// <summary>The map of its pseudo-physical memory, if somebody has set one. Under <see cref="Lock"/>.</summary>
    internal HostBlock Map;

    /// <summary>How many entries that has.</summary>
    internal int MapEntries;

    /// <summary>The nodes of memory that it sees, if somebody has set them. Under <see cref="Lock"/>; see <see cref="DomainNuma"/>.</summary>
    internal HostBlock Numa;

    /// <summary>True when all that keeps it from being gone is frames that others refer to.</summary>
    internal bool WaitsForFrames;

    /// <summary>Its first 128 event-channel ports; see <see cref="DomainPorts"/>.</summary>
    internal Fixed128<EventPort> Ports;

    /// <summary>See <see cref="DomainPorts.KnownLimit"/>.</summary>
    internal uint KnownPorts;

    /// <summary>How many of those are in use.</summary>
    internal int LowPortsUsed;

    /// <summary>Slots of the groups of its other ports plus one; 0 for none.</summary>
    internal Fixed8<int> PortGroups;

    /// <summary>The slot of its event array plus one; 0 while it uses the 2-level ABI. See <see cref="DomainFifo"/>.</summary>
    internal int EventArraySlot;

    /// <summary>The slot of what it is told of the CPU plus one; 0 for what the host offers. See <see cref="DomainPolicies"/>.</summary>
    internal int PolicySlot;

    /// <summary>The slot of its physical interrupts plus one; 0 for none. See <see cref="DomainPirqs"/>.</summary>
    internal int PirqSlot;

    /// <summary>Its watchdogs, of which two are used. Under <see cref="Lock"/>.</summary>
    internal Fixed8<Watchdog> Watchdogs;

    /// <summary>The ports, interrupts and frames of devices that it may use. Under <see cref="Lock"/> to change; see <see cref="IoPermissions"/>.</summary>
    internal IoRights Rights;

    /// <summary>What it last wrote to the address port of PCI's configuration space.</summary>
    internal uint PciAddress;

    /// <summary>Which byte of the real-time clock's memory it last chose.</summary>
    internal byte ClockIndex;

    /// <summary>The slot of this domain in its pool.</summary>
    internal int Slot;

    /// <summary>Slots of its vCPUs plus one, by vCPU number; zero for none.</summary>
    internal Fixed512<ushort> VcpuSlots;

    /// <summary>The numbers of its vCPUs are below this.</summary>
    internal int VcpuLimit;

    /// <summary>True when its vCPUs may run.</summary>
    public readonly bool IsRunnable => Phase == DomainPhase.Alive && PauseCount == 0;

    /// <summary>True once it will never run again.</summary>
    public readonly bool IsEnding => Phase >= DomainPhase.Shut;
}
