using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>System time, computed from the TSC as the shared page says.</summary>
internal static unsafe class Clock
{
    /// <summary>Nanoseconds since the hypervisor started.</summary>
    internal static ulong Now
    {
        get
        {
            VcpuTimeInfo* time = &Events.Vcpu->Time;
            while (true)
            {
                uint version = Volatile.Read(ref time->Version);
                ulong now = time->SystemTime + Scale(unchecked(Stubs.ReadTsc() - time->TscTimestamp), time->TscToSystemMultiplier, time->TscShift);
                if ((version & 1) == 0 && version == Volatile.Read(ref time->Version))
                {
                    return now;
                }
            }
        }
    }

    private static ulong Scale(ulong ticks, uint multiplier, int shift)
    {
        ulong shifted = shift >= 0 ? ticks << shift : ticks >> -shift;
        return unchecked(((shifted >> 32) * multiplier) + (((shifted & uint.MaxValue) * multiplier) >> 32));
    }
}
