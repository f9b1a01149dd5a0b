using System;
using System.Threading;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// A bound on the CPU time of all vCPUs of a domain together. What they run is paid for with time that passes, at the rate of the bound: half a
/// millisecond at 50 % takes one to pay. At most a period is saved up; a debt, because several vCPUs ran at once, has to be waited for.
/// </summary>
/// <remarks>One word, changed by one addition: CPUs that run vCPUs of one domain need no lock for it.</remarks>
public struct CpuCap
{
    /// <summary>The most time that can be saved up, and what a vCPU waits for that has spent all: 10 ms.</summary>
    public const ulong PeriodNs = 10_000_000;

    private const ulong LongestCharge = 1_000_000_000;

    // Nanoseconds: what was run up to now is paid for by the time up to here.
    private ulong _paid;
    private uint _percent;

    /// <summary>The bound in percent of one CPU; 0 for none.</summary>
    public readonly uint Percent => _percent;

    /// <summary>True when there is a bound: what else is here counts only then.</summary>
    public readonly bool Exists => _percent != 0;

    /// <summary>Sets the bound, or with 0 takes it away; what was run before is forgotten.</summary>
    public void Set(uint percent, Instant now)
    {
        Volatile.Write(ref _percent, percent);
        Volatile.Write(ref _paid, now.Nanoseconds - Math.Min(now.Nanoseconds, PeriodNs));
    }

    /// <summary>A vCPU has run so long, until now.</summary>
    public void Charge(Duration ran, Instant now)
    {
        uint percent = Volatile.Read(ref _percent);
        if (percent == 0)
        {
            return;
        }

        ulong length = Math.Min(ran.Nanoseconds, LongestCharge);
        ulong saved = Volatile.Read(ref _paid);
        ulong earliest = now.Nanoseconds - Math.Min(now.Nanoseconds, length + PeriodNs);
        if (saved < earliest)
        {
            Interlocked.CompareExchange(ref _paid, earliest, saved);      // whoever was quicker has done the same
        }

        Interlocked.Add(ref _paid, length * 100 / percent);
    }

    /// <summary>How long a vCPU may run now; zero: not before the time that comes with it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="vcpus">How many vCPUs share the bound.</param>
    /// <param name="resume">When there is something to spend again.</param>
    public readonly Duration Left(Instant now, int vcpus, out Instant resume)
    {
        const ulong Shortest = 100_000;
        ulong paid = _paid;
        uint percent = _percent;
        resume = new Instant(paid) + new Duration(PeriodNs);
        if (percent == 0)
        {
            return new Duration(ulong.MaxValue);
        }

        if (paid >= now.Nanoseconds)
        {
            return default;
        }

        ulong left = Math.Min(now.Nanoseconds - paid, PeriodNs) * percent / 100;
        return new Duration(Math.Max(left / (ulong)Math.Max(vcpus, 1), Shortest));
    }
}
