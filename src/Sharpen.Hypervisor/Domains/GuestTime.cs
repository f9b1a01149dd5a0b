using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>What a guest needs to compute system time from its TSC, in its part of the shared page. Source: <c>xen.h</c>, <c>struct vcpu_time_info</c>.</summary>
public static class GuestTime
{
    /// <summary>Writes the record anew; a guest that reads meanwhile sees an odd version and tries again.</summary>
    public static void Publish(ref VcpuInfo info)
    {
        ref VcpuTimeInfo time = ref info.Time;
        uint version = Volatile.Read(ref time.Version) & ~1U;
        Volatile.Write(ref time.Version, unchecked(version + 1));
        Interlocked.MemoryBarrier();
        ulong ticks = Clock.Ticks;
        ClockScale scale = Clock.Scale;
        time.TscTimestamp = ticks;
        time.SystemTime = Clock.At(ticks).Nanoseconds;
        time.TscToSystemMultiplier = scale.Multiplier;
        time.TscShift = scale.Shift;
        Interlocked.MemoryBarrier();
        Volatile.Write(ref time.Version, unchecked(version + 2));
    }
}
