using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Time;

/// <summary>A timer that has left its queue because its time had come.</summary>
public readonly struct ExpiredTimer
{
    public readonly TimerName Name;

    /// <summary>When it was due: the owner compares this with what it wants by now.</summary>
    public readonly Instant Deadline;

    internal ExpiredTimer(TimerName name, Instant deadline)
    {
        Name = name;
        Deadline = deadline;
    }
}
