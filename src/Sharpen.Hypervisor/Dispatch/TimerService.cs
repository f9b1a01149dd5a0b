using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Time;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>Timers of vCPUs and watchdogs of domains: armed on the CPU that serves the vCPU, wherever they were before; expired by the CPU that has them.</summary>
/// <remarks>
/// An expired timer counts only if its deadline is still the one that the vCPU wants, so a timer that was moved or withdrawn in the same
/// moment on another CPU does no harm. A CPU with 512 timers leaves the next to another CPU; should no CPU have room, the timer fires at once.
/// </remarks>
internal static class TimerService
{
    /// <summary>The vCPU wants its one-shot timer at this time; one that is past fires now.</summary>
    internal static void ArmSingleshot(ref Vcpu vcpu, Instant deadline)
    {
        vcpu.TimerDeadline = deadline;
        if (!TryArm(NoLocks.Held, ref vcpu.TimerPlace, new TimerName(TimerKind.VcpuSingleshot, (uint)vcpu.Slot), deadline))
        {
            FireSingleshot(ref vcpu, deadline);
        }
    }

    /// <summary>The vCPU's poll ends at this time; <see cref="Instant.Never"/>: only by an event; zero: it is over.</summary>
    internal static void ArmPoll(ref Vcpu vcpu, Instant deadline)
    {
        vcpu.PollDeadline = deadline;
        Instant armed = deadline.Nanoseconds == 0 ? Instant.Never : deadline;
        if (!TryArm(NoLocks.Held, ref vcpu.PollPlace, new TimerName(TimerKind.VcpuPoll, (uint)vcpu.Slot), armed))
        {
            FirePoll(ref vcpu, deadline);
        }
    }

    /// <summary>The vCPU's periodic timer fires so often from now on; a period of zero stops it. Any vCPU's, from any CPU.</summary>
    internal static void ArmPeriodic(ref Vcpu vcpu, Duration period)
    {
        using Locked<DomainRank> held = DomainList.Of(in vcpu).Lock.Enter(NoLocks.Held);
        vcpu.Period = period;
        SetPeriodic(in held, ref vcpu, period.Nanoseconds == 0 ? Instant.Never : Clock.Now + period);
    }

    /// <summary>A vCPU that its domain's cap keeps from running may go on at this time. False: no timer is free.</summary>
    /// <param name="held">The lock of its run queue.</param>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="deadline">When.</param>
    internal static bool TryArmCap(scoped in Locked<SchedulerRank> held, ref Vcpu vcpu, Instant deadline)
    {
        vcpu.CapDeadline = deadline;
        return TryArm(held, ref vcpu.CapPlace, new TimerName(TimerKind.VcpuCap, (uint)vcpu.Slot), deadline);
    }

    /// <summary>A domain's watchdog strikes at this time; <see cref="Instant.Never"/> for not at all. False: no timer is free.</summary>
    internal static bool TryArmWatchdog(scoped in Locked<DomainRank> held, ref Domain domain, int index, Instant deadline)
    {
        ref Watchdog watchdog = ref domain.Watchdogs[index];
        watchdog.Deadline = deadline;
        return TryArm(held, ref watchdog.Place, Watchdogs.NameOf(ref domain, index), deadline);
    }

    /// <summary>Everything of a vCPU that goes away; a timer that another CPU has inherited finds that it no longer counts.</summary>
    internal static void Disarm(ref Vcpu vcpu)
    {
        vcpu.TimerDeadline = Instant.Never;
        vcpu.PollDeadline = default;
        ArmPeriodic(ref vcpu, default);
        TryArm(NoLocks.Held, ref vcpu.TimerPlace, new TimerName(TimerKind.VcpuSingleshot, (uint)vcpu.Slot), Instant.Never);
        TryArm(NoLocks.Held, ref vcpu.PollPlace, new TimerName(TimerKind.VcpuPoll, (uint)vcpu.Slot), Instant.Never);
        TryArm(NoLocks.Held, ref vcpu.CapPlace, new TimerName(TimerKind.VcpuCap, (uint)vcpu.Slot), Instant.Never);
    }

    /// <summary>The local timer came. The work is bounded by the number of timers.</summary>
    internal static void Expire(ref CpuDispatch cpu)
    {
        Instant now = Clock.Now;
        cpu.Armed = default;
        Attention.Raise();
        while (TryPop(ref cpu, now, out ExpiredTimer expired))
        {
            Fire(in expired);
        }

        if (cpu.SliceEnd <= now)
        {
            Dispatcher.DecideAgain(ref cpu);
        }
    }

    /// <summary>This CPU goes: its timers fire on another. Their owners cannot reach them there; the deadline says whether they still count.</summary>
    internal static void HandOver(ref CpuDispatch cpu, CpuId heir)
    {
        ref CpuTimers to = ref PerCpu.Of<CpuDispatch>(heir).Timers;
        while (TryPop(ref cpu, Instant.Never, out ExpiredTimer timer))
        {
            if (!TryInherit(ref to, in timer))
            {
                Fire(in timer);
            }
        }

        Ipi.Kick(heir);
    }

    /// <summary>Another CPU may have left timers here: looks again which is first.</summary>
    internal static void Refresh(ref CpuDispatch cpu)
    {
        using Locked<TimerRank> held = cpu.Timers.Lock.Enter(NoLocks.Held);
        cpu.FirstTimer = cpu.Timers.Queue.Next;
    }

    /// <summary>Sets the local timer to what comes first; leaves it alone when that has not changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SetLocalTimer(ref CpuDispatch cpu)
    {
        Instant first = cpu.SliceEnd < cpu.FirstTimer ? cpu.SliceEnd : cpu.FirstTimer;
        if (first != cpu.Armed)
        {
            Arm(ref cpu, first);
        }
    }

    private static void Arm(ref CpuDispatch cpu, Instant first)
    {
        cpu.Armed = first;
        LocalTimer.Arm(first);
    }

    private static bool TryPop(ref CpuDispatch cpu, Instant now, out ExpiredTimer expired)
    {
        using Locked<TimerRank> held = cpu.Timers.Lock.Enter(NoLocks.Held);
        bool popped = cpu.Timers.Queue.TryExpire(now, out expired);
        cpu.FirstTimer = cpu.Timers.Queue.Next;
        return popped;
    }

    private static bool TryInherit(ref CpuTimers timers, in ExpiredTimer timer)
    {
        TimerHandle handle = TimerHandle.None;
        using Locked<TimerRank> held = timers.Lock.Enter(NoLocks.Held);
        return timers.Queue.TryArm(ref handle, timer.Name, timer.Deadline);
    }

    private static bool TryArm<TOuter>(scoped in Locked<TOuter> outer, ref TimerPlace place, TimerName name, Instant deadline)
        where TOuter : IBefore<TimerRank>
    {
        CpuId self = Processor.Id;
        if (place.Cpu != self && !place.Handle.IsNone)
        {
            CancelElsewhere(outer, ref place, name);
        }

        place.Cpu = self;
        ref CpuDispatch cpu = ref Dispatcher.Local;
        using (Locked<TimerRank> own = cpu.Timers.Lock.Enter(outer))
        {
            TimerQueue queue = cpu.Timers.Queue;
            bool armed = queue.TryArm(ref place.Handle, name, deadline);
            Instant first = queue.Next;
            if (cpu.FirstTimer != first)
            {
                cpu.FirstTimer = first;
                Attention.Raise();
            }

            if (armed)
            {
                return true;
            }
        }

        return TryArmElsewhere(outer, ref place, name, deadline);
    }

    // This CPU's queue is full.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryArmElsewhere<TOuter>(scoped in Locked<TOuter> outer, ref TimerPlace place, TimerName name, Instant deadline)
        where TOuter : IBefore<TimerRank>
    {
        for (int next = 0; HostCpus.Active.TryNext(next, out CpuId cpu); next = cpu.Value + 1)
        {
            if (cpu == Processor.Id)
            {
                continue;
            }

            ref CpuTimers timers = ref PerCpu.Of<CpuDispatch>(cpu).Timers;
            using (Locked<TimerRank> held = timers.Lock.Enter(outer))
            {
                if (!timers.Queue.TryArm(ref place.Handle, name, deadline))
                {
                    continue;
                }
            }

            place.Cpu = cpu;
            Ipi.Kick(cpu);
            return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CancelElsewhere<TOuter>(scoped in Locked<TOuter> outer, ref TimerPlace place, TimerName name)
        where TOuter : IBefore<TimerRank>
    {
        ref CpuTimers old = ref PerCpu.Of<CpuDispatch>(place.Cpu).Timers;
        using Locked<TimerRank> held = old.Lock.Enter(outer);
        old.Queue.Cancel(ref place.Handle, name);
    }

    private static void Fire(in ExpiredTimer expired)
    {
        if (expired.Name.Kind == TimerKind.Watchdog)
        {
            Watchdogs.Fire(expired.Name.Id, expired.Deadline);
            return;
        }

        ref Vcpu vcpu = ref DomainList.VcpuAt((int)expired.Name.Id);
        switch (expired.Name.Kind)
        {
            case TimerKind.VcpuSingleshot:
                FireSingleshot(ref vcpu, expired.Deadline);
                break;
            case TimerKind.VcpuPeriodic:
                FirePeriodic(ref vcpu, expired.Deadline);
                break;
            case TimerKind.VcpuPoll:
                FirePoll(ref vcpu, expired.Deadline);
                break;
            case TimerKind.VcpuCap when !Refs.IsNull(ref vcpu):
                Dispatcher.Uncap(ref vcpu, expired.Deadline);
                break;
            default:
                break;
        }
    }

    private static void FireSingleshot(ref Vcpu vcpu, Instant deadline)
    {
        if (!Refs.IsNull(ref vcpu) && vcpu.TimerDeadline == deadline)
        {
            ref Domain domain = ref DomainList.Of(in vcpu);
            VcpuGlue.Wake(ref domain, DomainEvents.RaiseVirq(ref domain, Virq.Timer, vcpu.Id.Index));
        }
    }

    private static void FirePoll(ref Vcpu vcpu, Instant deadline)
    {
        if (!Refs.IsNull(ref vcpu) && vcpu.PollDeadline == deadline)
        {
            VcpuGlue.Wake(ref DomainList.Of(in vcpu), VcpuSet.Of(vcpu.Id.Index));
        }
    }

    private static void FirePeriodic(ref Vcpu vcpu, Instant deadline)
    {
        if (Refs.IsNull(ref vcpu))
        {
            return;
        }

        ref Domain domain = ref DomainList.Of(in vcpu);
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            if (vcpu.PeriodicDeadline != deadline)
            {
                return;
            }

            Instant now = Clock.Now;
            Instant next = deadline + vcpu.Period;
            SetPeriodic(in held, ref vcpu, next > now ? next : now + vcpu.Period);
        }

        VcpuGlue.Wake(ref domain, DomainEvents.RaiseVirq(ref domain, Virq.Timer, vcpu.Id.Index));
    }

    // The domain's lock is held: a timer of another vCPU may be set, and may fire, at the same time.
    private static void SetPeriodic(scoped in Locked<DomainRank> held, ref Vcpu vcpu, Instant deadline)
    {
        bool isArmed = TryArm(held, ref vcpu.PeriodicPlace, new TimerName(TimerKind.VcpuPeriodic, (uint)vcpu.Slot), deadline);
        vcpu.PeriodicDeadline = isArmed ? deadline : Instant.Never;
    }
}
