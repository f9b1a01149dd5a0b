using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Time;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>The watchdogs of domains; an id is the number of one, from 1.</summary>
public static class Watchdogs
{
    private const uint Count = 2;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// Sets one up (id 0), moves it on, or ends it (no time). <see cref="Errno.Inval"/>: not in use, or a new one without time;
    /// <see cref="Errno.NoSpc"/>: all are in use; <see cref="Errno.NoMem"/>: no timer is free.
    /// </summary>
    /// <returns>The id of a new one, else 0.</returns>
    public static Result<uint> Set(ref Domain domain, uint id, uint seconds)
    {
        if (id > Count)
        {
            return Errno.Inval;
        }

        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        if (domain.IsEnding)
        {
            return Errno.Inval;
        }

        Instant deadline = seconds == 0 ? Instant.Never : Clock.Now + new Duration(seconds * NanosecondsPerSecond);
        if (id == 0)
        {
            return seconds == 0 ? Errno.Inval : Begin(in held, ref domain, deadline);
        }

        ref Watchdog watchdog = ref domain.Watchdogs[(int)id - 1];
        if (!watchdog.InUse)
        {
            return Errno.Inval;
        }

        watchdog.InUse = seconds != 0;
        return TimerService.TryArmWatchdog(in held, ref domain, (int)id - 1, deadline) ? 0U : Errno.NoMem;
    }

    /// <summary>The domain goes: none strikes any more.</summary>
    internal static void EndAll(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        for (int index = 0; index < (int)Count; index++)
        {
            domain.Watchdogs[index].InUse = false;
            TimerService.TryArmWatchdog(in held, ref domain, index, Instant.Never);
        }
    }

    /// <summary>A watchdog's time is over, if it still wants that time.</summary>
    internal static void Fire(uint name, Instant deadline)
    {
        ref Domain domain = ref DomainList.At((int)(name / Count));
        if (Refs.IsNull(ref domain))
        {
            return;
        }

        ref Watchdog watchdog = ref domain.Watchdogs[(int)(name % Count)];
        if (watchdog.InUse && watchdog.Deadline == deadline)
        {
            DomainControl.Stop(ref domain, ShutdownReason.Watchdog);
        }
    }

    /// <summary>What a watchdog's timer is called.</summary>
    internal static TimerName NameOf(ref Domain domain, int index) => new(TimerKind.Watchdog, ((uint)domain.Slot * Count) + (uint)index);

    private static Result<uint> Begin(in Locked<DomainRank> held, ref Domain domain, Instant deadline)
    {
        for (int index = 0; index < (int)Count; index++)
        {
            ref Watchdog watchdog = ref domain.Watchdogs[index];
            if (!watchdog.InUse)
            {
                watchdog.InUse = TimerService.TryArmWatchdog(in held, ref domain, index, deadline);
                return watchdog.InUse ? (uint)index + 1 : Errno.NoMem;
            }
        }

        return Errno.NoSpc;
    }
}
