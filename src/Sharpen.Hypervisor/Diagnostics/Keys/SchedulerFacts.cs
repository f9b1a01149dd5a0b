using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Hypervisor.Time;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Smp;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Diagnostics.Keys;

/// <summary>Run queues and timers, for debug keys. Values are copied under their lock and printed after: a slow port keeps no lock held.</summary>
internal static class SchedulerFacts
{
    private const int MaxTimers = 16;

    /// <summary>Every run queue, its counters, and what its CPUs run.</summary>
    internal static void ShowQueues()
    {
        Log.Report($"system time {Clock.Now} s");
        for (int index = 0; index < QueueDirectory.Limit; index++)
        {
            if (QueueDirectory.Exists(index))
            {
                ShowQueue(index);
            }
        }

        for (int slot = 0; slot < DomainList.VcpuCapacity; slot++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuAt(slot);
            if (!Refs.IsNull(ref vcpu))
            {
                ShowVcpu(ref vcpu);
            }
        }
    }

    /// <summary>The first timers of every CPU.</summary>
    internal static void ShowTimers()
    {
        Log.Report($"system time {Clock.Now} s");
        for (int i = 0; Processors.Online.TryNext(i, out CpuId cpu); i = cpu.Value + 1)
        {
            Log.Report($"{cpu}: {Peek(cpu, 0, out _)} timers");
            for (int place = 0; place < MaxTimers && place < Peek(cpu, place, out ExpiredTimer timer); place++)
            {
                Log.Report($"    {timer.Deadline} s: {NameOf(timer.Name.Kind)} {timer.Name.Id}");
            }
        }
    }

    private static void ShowQueue(int index)
    {
        RunQueue queue = Copy(index);
        RunQueueCounters counters = queue.Counters;
        Log.Report($"run queue {index}: {queue.Members} vCPUs, {queue.Waiting} waiting");
        Log.Report($"    {counters.Decisions} decisions, {counters.Switches} switches, {counters.Wakes} wakes, {counters.Kicks} kicks, {counters.Resets} resets, {counters.Pulled} pulled");
        for (int i = 0; i < QueueCpus.Limit; i++)
        {
            if (queue.Online.Has(i))
            {
                ShowCpu(in queue, i);
            }
        }
    }

    private static void ShowCpu(in RunQueue queue, int cpu)
    {
        CpuSlot slot = queue.Slots.ReadOnly[cpu];
        if (slot.Running.IsNone)
        {
            Log.Report($"    {queue.Global(cpu)}: idle since {slot.Since}");
        }
        else
        {
            VcpuId vcpu = DomainList.VcpuAt((int)slot.Running.Value - 1).Id;
            Log.Report($"    {queue.Global(cpu)}: {vcpu} since {slot.Since}");
        }
    }

    /// <summary>What the scheduler knows of a vCPU; what other CPUs change meanwhile may be shown half.</summary>
    private static void ShowVcpu(ref Vcpu vcpu)
    {
        ref SchedulingUnit unit = ref vcpu.Unit;
        Instant now = Clock.Now;
        Log.Report($"{vcpu.Id}: {NameOf(unit.Place)} in run queue {(int)unit.Home}, weight {(int)unit.Weight}, credit {unit.Balance / 1000} us");
        Log.Report($"    ran {Spent(ref vcpu, Runstate.Running, now)}, waited {Spent(ref vcpu, Runstate.Runnable, now)}");
        Log.Report($"    slept {Spent(ref vcpu, Runstate.Blocked, now)}, offline {Spent(ref vcpu, Runstate.Offline, now)}");
    }

    private static Duration Spent(ref Vcpu vcpu, Runstate state, Instant now) => new(vcpu.Runstates.Time(state, now));

    private static string NameOf(UnitPlace place) => place switch
    {
        UnitPlace.Asleep => "asleep",
        UnitPlace.Waiting => "waiting",
        UnitPlace.Running => "running",
        _ => "not yet",
    };

    private static RunQueue Copy(int index)
    {
        ref GuardedQueue guarded = ref QueueDirectory.At(index);
        using Locked<SchedulerRank> held = guarded.Lock.Enter(NoLocks.Held);
        return guarded.Queue;
    }

    /// <summary>One timer of a CPU, in the order of the heap; how many it has.</summary>
    private static int Peek(CpuId cpu, int place, out ExpiredTimer timer)
    {
        ref CpuTimers timers = ref PerCpu.Of<CpuDispatch>(cpu).Timers;
        using Locked<TimerRank> held = timers.Lock.Enter(NoLocks.Held);
        timer = timers.Queue.Peek(place);
        return timers.Queue.Count;
    }

    private static string NameOf(TimerKind kind) => kind switch
    {
        TimerKind.VcpuSingleshot => "one-shot timer of vCPU",
        TimerKind.VcpuPeriodic => "periodic timer of vCPU",
        TimerKind.VcpuPoll => "poll of vCPU",
        TimerKind.Watchdog => "watchdog of domain",
        TimerKind.Housekeeping => "housekeeping",
        _ => "timer",
    };
}
