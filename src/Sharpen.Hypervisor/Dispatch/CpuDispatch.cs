using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>What the dispatcher keeps for each CPU.</summary>
internal struct CpuDispatch
{
    /// <summary>The vCPU whose registers this CPU has, or none.</summary>
    internal UnitId Current;

    /// <summary>That vCPU itself, so that no way in has to look it up.</summary>
    internal KeptObject<Vcpu> Here;

    /// <summary>Something has changed: the policy is to be asked on the way out. Set by <see cref="Dispatcher.DecideAgain"/>.</summary>
    internal bool MustDecide;

    /// <summary>This CPU takes part in scheduling.</summary>
    internal bool IsOnline;

    /// <summary>A <see cref="CpuPhase"/>. Other CPUs write what they ask for.</summary>
    internal uint Phase;

    /// <summary>What is left of the call that this CPU serves, if it said so.</summary>
    internal CallRest Rest;

    /// <summary>Until when <see cref="Current"/> has paid for what it runs.</summary>
    internal Instant CapSince;

    /// <summary>When the current decision ends.</summary>
    internal Instant SliceEnd;

    /// <summary>Not later than the first of <see cref="Timers"/>; earlier when another CPU has cancelled one.</summary>
    internal Instant FirstTimer;

    /// <summary>What the local timer was last set to.</summary>
    internal Instant Armed;

    /// <summary>When it began to wait for something to do; zero while it does something.</summary>
    internal Instant IdleSince;

    /// <summary>How long it has waited before that.</summary>
    internal Duration Idled;

    /// <summary>How often it has begun to wait.</summary>
    internal ulong Idles;

    /// <summary>Public half: the timers.</summary>
    internal CpuTimers Timers;

    /// <summary>The run queue, on the CPU that was the first of its sixteen to come; unused on the others.</summary>
    internal GuardedQueue Founded;
}
