using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>What a guest needs to compute system time from its TSC. Source: <c>xen.h</c>, <c>struct vcpu_time_info</c>.</summary>
/// <remarks>The rate never changes and all CPUs share the counter, so a record stays true for good once it is written.</remarks>
public static class GuestTime
{
    /// <summary>Writes the record anew; a guest that reads meanwhile sees an odd version and tries again.</summary>
    public static void Publish(ref VcpuInfo info)
    {
        ref VcpuTimeInfo time = ref info.Time;
        uint version = Volatile.Read(ref time.Version) & ~1U;
        Volatile.Write(ref time.Version, unchecked(version + 1));
        Interlocked.MemoryBarrier();
        time = Describe(unchecked(version + 1));
        Interlocked.MemoryBarrier();
        Volatile.Write(ref time.Version, unchecked(version + 2));
    }

    /// <summary>Writes the record at an address in the caller's address space. <see cref="Errno.Fault"/>: it cannot be written.</summary>
    public static Result Publish(ulong address)
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
        written = written.Try(out _) ? GuestMemory.Write(place, Describe(unchecked(old + 1))) : written;
        Interlocked.MemoryBarrier();
        return written.Try(out _) ? GuestMemory.Write(version, new GuestHalfWord(unchecked(old + 2))) : written;
    }

    private static VcpuTimeInfo Describe(uint version)
    {
        ulong ticks = Clock.Ticks;
        ClockScale scale = Clock.Scale;
        return new VcpuTimeInfo
        {
            Version = version,
            TscTimestamp = ticks,
            SystemTime = Clock.At(ticks).Nanoseconds,
            TscToSystemMultiplier = scale.Multiplier,
            TscShift = scale.Shift,
        };
    }
}
