using System;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// The time stamp counter as a domain sees it: the host's, or one of its own, at its own rate, which goes on where it was when the domain moves to
/// another host. Its own costs it an exception for each reading.
/// </summary>
public struct GuestTsc
{
    /// <summary>Its own only if it was counted at another rate before.</summary>
    public const uint Usual = 0;

    /// <summary>Its own.</summary>
    public const uint Emulated = 1;

    /// <summary>The host's.</summary>
    public const uint Native = 2;

    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private uint _kilohertz;
    private ulong _elapsed;
    private Instant _since;

    /// <summary>One of the three.</summary>
    public uint Mode { get; private set; }

    /// <summary>How often it has been set, or what its toolstack counts.</summary>
    public uint Incarnation { get; private set; }

    /// <summary>Thousands of ticks a second.</summary>
    public readonly uint Kilohertz => _kilohertz == 0 ? HostKilohertz : _kilohertz;

    /// <summary>True when it is the domain's own.</summary>
    public readonly bool IsEmulated => Mode == Emulated || (Mode == Usual && Kilohertz != HostKilohertz);

    private static uint HostKilohertz => (uint)Math.Min(Clock.TicksPerSecond / 1000, uint.MaxValue);

    /// <summary>Sets it.</summary>
    /// <param name="mode">One of the three.</param>
    /// <param name="kilohertz">Its rate; 0 for the host's.</param>
    /// <param name="incarnation">How often it has been set before.</param>
    /// <param name="elapsed">For how many nanoseconds it has counted.</param>
    public void Set(uint mode, uint kilohertz, uint incarnation, ulong elapsed)
    {
        Mode = mode;
        Incarnation = unchecked(incarnation + 1);
        _kilohertz = mode == Native ? 0 : kilohertz;
        _elapsed = elapsed;
        _since = Clock.Now;
    }

    /// <summary>For how many nanoseconds it has counted; 0 while nobody has set it.</summary>
    public readonly ulong Elapsed(Instant now) => _since.Nanoseconds == 0 ? 0 : unchecked(_elapsed + (now - _since).Nanoseconds);

    /// <summary>What a reading gives.</summary>
    public readonly ulong Ticks => IsEmulated ? TicksAt(Clock.Now) : Clock.Ticks;

    /// <summary>What a reading gives at a time, if it is the domain's own.</summary>
    public readonly ulong TicksAt(Instant now)
    {
        ulong elapsed = Elapsed(now);
        ulong whole = elapsed / NanosecondsPerMillisecond;
        return unchecked((whole * Kilohertz) + (elapsed % NanosecondsPerMillisecond * Kilohertz / NanosecondsPerMillisecond));
    }
}
