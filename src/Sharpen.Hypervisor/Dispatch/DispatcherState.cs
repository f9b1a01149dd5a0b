using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>What all CPUs share: which policy, and where the run queues are.</summary>
internal struct DispatcherState
{
    internal SchedulerKind Kind;
    internal Duration RateLimit;

    /// <summary>The highest queue that exists, plus one.</summary>
    internal uint QueueLimit;

    /// <summary>The CPU in whose area a queue lies, plus one; 0: no CPU of that queue has ever come. Not used for queue 0.</summary>
    internal Fixed256<uint> Founders;

    /// <summary>Queue 0 exists from the start: vCPUs that have no home yet are under its lock.</summary>
    internal GuardedQueue Zero;
}
