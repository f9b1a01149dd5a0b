using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Time;

/// <summary>One cell of a queue's storage, 32 bytes: the timer in slot i, and beside it which slot stands at place i of the heap.</summary>
public struct TimerEntry
{
    internal Instant Deadline;
    internal ulong Order;
    internal TimerName Name;
    internal int Place;
    internal int SlotAtPlace;
}
