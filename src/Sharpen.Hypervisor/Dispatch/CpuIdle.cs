using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>How long each CPU has waited for something to do. Each counts its own; others may read a number that is a moment old.</summary>
public static class CpuIdle
{
    /// <summary>This CPU begins to wait.</summary>
    public static void Begin()
    {
        ref CpuDispatch cpu = ref Dispatcher.Local;
        cpu.IdleSince = Clock.Now;
        cpu.Idles = unchecked(cpu.Idles + 1);
    }

    /// <summary>This CPU waits no longer.</summary>
    public static void End()
    {
        ref CpuDispatch cpu = ref Dispatcher.Local;
        if (cpu.IdleSince.Nanoseconds != 0)
        {
            cpu.Idled = new Duration(unchecked(cpu.Idled.Nanoseconds + (Clock.Now - cpu.IdleSince).Nanoseconds));
            cpu.IdleSince = default;
        }
    }

    /// <summary>All the time that a CPU which exists has waited, up to now.</summary>
    public static Duration Total(CpuId cpu)
    {
        ref CpuDispatch state = ref PerCpu.Of<CpuDispatch>(cpu);
        Instant since = state.IdleSince;
        Instant now = Clock.Now;
        return since.Nanoseconds != 0 && since < now ? new Duration(unchecked(state.Idled.Nanoseconds + (now - since).Nanoseconds)) : state.Idled;
    }

    /// <summary>How often a CPU that exists has begun to wait.</summary>
    public static ulong Count(CpuId cpu) => PerCpu.Of<CpuDispatch>(cpu).Idles;
}
