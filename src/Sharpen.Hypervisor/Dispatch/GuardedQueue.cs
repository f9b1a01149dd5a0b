using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>A run queue and its lock.</summary>
internal struct GuardedQueue
{
    internal SpinLock<SchedulerRank> Lock;
    internal RunQueue Queue;
}
