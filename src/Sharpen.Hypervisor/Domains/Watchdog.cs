using Sharpen.Hypervisor.Time;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>A timer that stops its domain unless the domain moves it on.</summary>
internal struct Watchdog
{
    /// <summary>It is set up.</summary>
    internal bool InUse;

    /// <summary>When it strikes.</summary>
    internal Instant Deadline;

    /// <summary>Where it is armed.</summary>
    internal TimerPlace Place;
}
