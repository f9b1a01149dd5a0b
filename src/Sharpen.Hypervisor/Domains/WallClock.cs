using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>The time of day when system time was zero, as every domain's shared page has it. Source: <c>xen.h</c>, <c>wc_sec</c> and its neighbours.</summary>
public static class WallClock
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Seconds that nanoseconds since 1970 in 64 bits can hold: until the year 2554.</summary>
    private const ulong MostSeconds = ulong.MaxValue / NanosecondsPerSecond;

    private struct State
    {
        /// <summary>Nanoseconds from 1970 to the zero of system time.</summary>
        internal ulong Start;
    }

    /// <summary>Asks the host's clock, once time passes.</summary>
    public static void Initialise() => Set(RealTimeClock.Read(), 0, Clock.Now).Try(out _);

    /// <summary>Says what time it was at a moment of system time, and tells every domain. EINVAL: before the host's start or beyond 2554.</summary>
    /// <param name="seconds">Since 1970: any number.</param>
    /// <param name="nanoseconds">Any number.</param>
    /// <param name="at">The moment.</param>
    public static Result Set(ulong seconds, uint nanoseconds, Instant at)
    {
        if (seconds >= MostSeconds - uint.MaxValue)
        {
            return Errno.Inval;
        }

        ulong then = (seconds * NanosecondsPerSecond) + nanoseconds;
        if (then < at.Nanoseconds)
        {
            return Errno.Inval;
        }

        Volatile.Write(ref Root.Of<State>().Start, then - at.Nanoseconds);
        for (int slot = 0; slot < DomainList.Capacity; slot++)
        {
            ref Domain domain = ref DomainList.At(slot);
            if (!Refs.IsNull(ref domain))
            {
                using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
                Publish(in held, ref domain);
            }
        }

        return Result.Success;
    }

    /// <summary>Writes it into a domain's page, if there is one; a guest that reads meanwhile sees an odd version and tries again.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="domain">The domain.</param>
    public static void Publish(scoped in Locked<DomainRank> held, ref Domain domain)
    {
        _ = held;
        if (!domain.Shared.Exists)
        {
            return;
        }

        ulong start = Volatile.Read(ref Root.Of<State>().Start);
        ulong seconds = unchecked((start / NanosecondsPerSecond) + (ulong)domain.TimeOffset);
        ref SharedInfo shared = ref SharedPages.Of(ref domain);
        uint version = Volatile.Read(ref shared.WallClockVersion) & ~1U;
        Volatile.Write(ref shared.WallClockVersion, unchecked(version + 1));
        Interlocked.MemoryBarrier();
        shared.WallClockSeconds = (uint)(seconds & uint.MaxValue);
        shared.WallClockSecondsHigh = (uint)(seconds >> 32);
        shared.WallClockNanoseconds = (uint)(start % NanosecondsPerSecond);
        Interlocked.MemoryBarrier();
        Volatile.Write(ref shared.WallClockVersion, unchecked(version + 2));
    }
}
