using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>What a guest needs to compute system time from its TSC. Source: <c>xen.h</c>, <c>struct vcpu_time_info</c>.</summary>
/// <remarks>The rate never changes and all CPUs share the counter, so a record stays true for good once it is written. That a domain has a counter of its
/// own is said before it runs.</remarks>
public static class GuestTime
{
    /// <summary>Writes the record anew; a guest that reads meanwhile sees an odd version and tries again.</summary>
    /// <param name="info">Where the vCPU and the hypervisor talk.</param>
    /// <param name="tsc">How its domain sees the counter.</param>
    public static void Publish(ref VcpuInfo info, in GuestTsc tsc)
    {
        ref VcpuTimeInfo time = ref info.Time;
        uint version = Volatile.Read(ref time.Version) & ~1U;
        Volatile.Write(ref time.Version, unchecked(version + 1));
        Interlocked.MemoryBarrier();
        time = Describe(unchecked(version + 1), in tsc);
        Interlocked.MemoryBarrier();
        Volatile.Write(ref time.Version, unchecked(version + 2));
    }

    /// <summary>Writes the record at an address in the caller's address space. <see cref="Errno.Fault"/>: it cannot be written.</summary>
    /// <param name="address">Any number.</param>
    /// <param name="tsc">How the caller's domain sees the counter.</param>
    public static Result Publish(ulong address, in GuestTsc tsc)
    {
        if (!GuestHandle<VcpuTimeInfo>.From(address).Try(out GuestHandle<VcpuTimeInfo> place, out Errno wrapped)
            || !GuestHandle<GuestHalfWord>.From(address).Try(out GuestHandle<GuestHalfWord> version, out wrapped))
        {
            return wrapped;
        }

        if (!GuestMemory.Read(version).Try(out GuestHalfWord read, out Errno unreadable))
        {
            return unreadable;
        }

        uint old = read.Value & ~1U;
        Result written = GuestMemory.Write(version, new GuestHalfWord(unchecked(old + 1)));
        Interlocked.MemoryBarrier();
        written = written.Try(out _) ? GuestMemory.Write(place, Describe(unchecked(old + 1), in tsc)) : written;
        Interlocked.MemoryBarrier();
        return written.Try(out _) ? GuestMemory.Write(version, new GuestHalfWord(unchecked(old + 2))) : written;
    }

    private static VcpuTimeInfo Describe(uint version, in GuestTsc tsc)
    {
        ulong ticks = Clock.Ticks;
        Instant now = Clock.At(ticks);
        ClockScale scale = tsc.IsEmulated ? ClockScale.ForRate(tsc.Kilohertz * 1000UL) : Clock.Scale;
        return new VcpuTimeInfo
        {
            Version = version,
            TscTimestamp = tsc.IsEmulated ? tsc.TicksAt(now) : ticks,
            SystemTime = now.Nanoseconds,
            TscToSystemMultiplier = scale.Multiplier,
            TscShift = scale.Shift,
        };
    }
}
