using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Hypervisor.Time;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// A virtual CPU: its saved registers, whether it may run, and how its kernel wants to be entered. Changed by the CPU
/// that runs or serves it; others change only what the dispatcher's glue lets them (wake, pause, kick).
/// </summary>
public partial struct Vcpu
{
    /// <summary>Its domain and number.</summary>
    public VcpuId Id;

    /// <summary>What it takes along from CPU to CPU.</summary>
    public VcpuContext Context;

    /// <summary>Why it does not run, if it does not.</summary>
    public VcpuHalt Halts;

    /// <summary>How many want this one not to run; <see cref="Domain.PauseCount"/> comes on top.</summary>
    public int PauseCount;

    /// <summary>The entry points of its kernel.</summary>
    public GuestEntries Entries;

    /// <summary>The kernel stack: where a bounce from user mode begins.</summary>
    public GuestLinear KernelStack;

    /// <summary>The selector for that stack.</summary>
    public ushort KernelStackSelector;

    /// <summary>True while the guest's kernel runs, false while its user code does.</summary>
    public bool InKernel;

    /// <summary>The one-shot timer of <see cref="Hypercall.SetTimerOp"/>; raises <see cref="Virq.Timer"/>.</summary>
    public Instant TimerDeadline;

    /// <summary>When a sleeping <see cref="SchedCommand.Poll"/> gives up; zero while none is under way.</summary>
    public Instant PollDeadline;

    /// <summary>Where each exception and software interrupt goes; a zero address means that it kills the domain.</summary>
    internal Fixed256<TrapInfo> Traps;

    /// <summary>What the scheduler knows of it. Under the lock of its run queue, as are <see cref="Halts"/> and <see cref="Runstates"/>.</summary>
    internal SchedulingUnit Unit;

    /// <summary>How long it ran, waited and slept.</summary>
    internal RunstateClock Runstates;

    /// <summary>Where the one-shot timer is armed.</summary>
    internal TimerPlace TimerPlace;

    /// <summary>Where the time-out of a poll is armed.</summary>
    internal TimerPlace PollPlace;

    /// <summary>When it may run again while it is <see cref="VcpuHalt.Capped"/>. Under the lock of its run queue.</summary>
    internal Instant CapDeadline;

    /// <summary>Where that time is armed.</summary>
    internal TimerPlace CapPlace;

    /// <summary>When the periodic timer fires next; <see cref="Instant.Never"/> while it is off. Under the domain's lock.</summary>
    internal Instant PeriodicDeadline;

    /// <summary>How often it fires.</summary>
    internal Duration Period;

    /// <summary>Where the periodic timer is armed.</summary>
    internal TimerPlace PeriodicPlace;

    /// <summary>The ports of its virtual interrupts; 0 for none. Those of the whole domain are with vCPU 0. Under the domain's event lock.</summary>
    internal Fixed32<uint> VirqPorts;

    /// <summary>Its queues, if the domain uses the FIFO ABI. Under the domain's event lock.</summary>
    internal EventQueues Queues;

    /// <summary>Stands for the place in the shared page of a vCPU that has none there.</summary>
    internal VcpuInfo OwnInfo;

    /// <summary>Where it and the hypervisor talk; see <see cref="VcpuInfos"/>.</summary>
    internal KeptSpot<VcpuInfo> Info;

    /// <summary>True when its kernel has given it a place of its own.</summary>
    internal bool HasMovedInfo;

    /// <summary>Where its kernel wants to see its run states; zero for nowhere. See <see cref="RunstateArea"/>.</summary>
    internal ulong RunstateAddress;

    /// <summary>What its toolstack said beyond that. Under the domain's lock.</summary>
    internal VcpuExtras Extras;

    /// <summary>What its kernel sees in registers that it has not got.</summary>
    internal VirtualRegisters Virtual;

    /// <summary>It has registers and page tables to begin with.</summary>
    internal bool IsInitialised;

    /// <summary>A list of calls of this vCPU is being worked on.</summary>
    internal bool IsInMulticall;

    /// <summary>An NMI waits for its kernel.</summary>
    internal bool NmiPending;

    /// <summary>Its kernel has been entered for an NMI and has not returned.</summary>
    internal bool NmiMasked;

    /// <summary>Its domain, which outlives it.</summary>
    internal KeptObject<Domain> Owner;

    /// <summary>Its own slot.</summary>
    internal int Slot;

    /// <summary>True when nothing in the vCPU itself keeps it from running.</summary>
    public readonly bool IsRunnable => Halts == VcpuHalt.None && PauseCount == 0;
}
