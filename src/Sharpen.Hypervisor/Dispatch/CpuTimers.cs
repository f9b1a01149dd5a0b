using System.Diagnostics.CodeAnalysis;
using Sharpen.Hypervisor.Time;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>One CPU's timers. Others may cancel, for a vCPU that has moved away, or leave theirs when they go; this CPU arms and expires.</summary>
internal struct CpuTimers
{
    internal SpinLock<TimerRank> Lock;
    private TimerQueueState _state;
    private Fixed512<TimerEntry> _entries;

    /// <summary>The queue; the lock is held.</summary>
    [UnscopedRef]
    internal TimerQueue Queue => new(ref _state, _entries.Span);
}
