using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>The dispatcher for one policy: decisions and their consequences on this CPU.</summary>
/// <typeparam name="TPolicy">The policy.</typeparam>
internal static partial class PolicyDispatcher<TPolicy>
    where TPolicy : struct, ISchedulerPolicy<VcpuUnits>
{
    internal static void Online()
    {
        CpuId self = Processor.Id;
        ref GuardedQueue own = ref QueueDirectory.Of(self);
        using Locked<SchedulerRank> held = own.Lock.Enter(NoLocks.Held);
        TPolicy.Online(ref own.Queue, default, RunQueue.Local(self), Clock.Now);
    }

    internal static void Offline()
    {
        CpuId self = Processor.Id;
        ref CpuDispatch cpu = ref Dispatcher.Local;
        ref GuardedQueue own = ref QueueDirectory.Of(self);
        using (Locked<SchedulerRank> held = own.Lock.Enter(NoLocks.Held))
        {
            Instant now = Clock.Now;
            QueueCpus kick = TPolicy.Offline(ref own.Queue, default, RunQueue.Local(self), now);
            Take(ref cpu, UnitId.None, now);
            Notify(ref own.Queue, kick);
        }

        OfferSiblings(ref own.Queue);
        for (UnitId stranded = FindStranded(ref own); !stranded.IsNone; stranded = FindStranded(ref own))
        {
            Settle(ref VcpuUnits.VcpuOf(stranded));
        }
    }

    /// <summary>Asks the policy what this CPU runs, and makes it so.</summary>
    internal static void Decide(ref CpuDispatch cpu)
    {
        CpuId self = Processor.Id;
        UnitId previous = cpu.Current;
        ref GuardedQueue own = ref QueueDirectory.Of(self);
        using (Locked<SchedulerRank> held = own.Lock.Enter(NoLocks.Held))
        {
            Ask(held, ref cpu, ref own.Queue, self);
        }

        if (cpu.Current.IsNone)
        {
            Pull(ref cpu, self);
        }

        if (previous.IsNone && !cpu.Current.IsNone)
        {
            OfferSiblings(ref own.Queue);
        }

        if (!previous.IsNone && previous != cpu.Current)
        {
            MoveIfStranded(ref VcpuUnits.VcpuOf(previous));
        }
    }

    /// <summary>One question to the policy. The queue's lock is held.</summary>
    private static void Ask(scoped in Locked<SchedulerRank> held, ref CpuDispatch cpu, ref RunQueue queue, CpuId self)
    {
        Instant now = Clock.Now;
        ChargeCap(held, ref cpu, ref queue, now);
        Decision decision = DecideWithin(held, ref queue, self, now);
        Take(ref cpu, decision.Unit, now);
        cpu.SliceEnd = decision.Until;
        Notify(ref queue, decision.Kick);
    }

    /// <summary>Changes the vCPU on this CPU. The lock of the run queue is held, so that no other CPU takes one that is half saved.</summary>
    private static void Take(ref CpuDispatch cpu, UnitId next, Instant now)
    {
        UnitId previous = cpu.Current;
        if (previous == next)
        {
            return;
        }

        cpu.Current = next;
        cpu.Here.Release();
        cpu.Here = VcpuUnits.Keep(next);
        if (!previous.IsNone)
        {
            ref Vcpu leaver = ref VcpuUnits.VcpuOf(previous);
            leaver.Runstates.Enter(StateOf(ref leaver), now);
            RunstateArea.Publish(ref leaver);
        }

        if (next.IsNone)
        {
            GuestCpu.Park(ref VcpuUnits.VcpuOf(previous).Context);
            return;
        }

        ref Vcpu comer = ref VcpuUnits.VcpuOf(next);
        if (previous.IsNone)
        {
            GuestCpu.Load(ref comer.Context);
        }
        else
        {
            GuestCpu.Switch(ref VcpuUnits.VcpuOf(previous).Context, ref comer.Context);
        }

        comer.Runstates.Enter(Runstate.Running, now);
        RunstateArea.Publish(ref comer);
    }

    /// <summary>A CPU that would idle takes a vCPU that waits in another queue. Counts are hints; under both locks it is certain.</summary>
    private static void Pull(ref CpuDispatch cpu, CpuId self)
    {
        int own = RunQueue.Of(self);
        for (int index = 0; index < QueueDirectory.Limit && cpu.Current.IsNone; index++)
        {
            if (index == own || !QueueDirectory.Exists(index) || QueueDirectory.At(index).Queue.Waiting == 0)
            {
                continue;
            }

            using LockedPair<SchedulerRank> held = QueueDirectory.EnterBoth(own, index);
            ref RunQueue from = ref QueueDirectory.At(index).Queue;
            ref RunQueue to = ref QueueDirectory.At(own).Queue;
            if (RunQueues<TPolicy, VcpuUnits>.TryPull(ref from, ref to, default, self, Clock.Now, out QueueCpus kick))
            {
                Notify(ref to, kick);
                Notify(ref from, QueueCpus.None);
                Ask(held.Either, ref cpu, ref to, self);
            }
        }
    }

    /// <summary>Kicks CPUs of a queue whose lock is held, and offers what still waits there to idle CPUs of other queues.</summary>
    private static void Notify(ref RunQueue queue, QueueCpus cpus)
    {
        for (; !cpus.IsEmpty; cpus = cpus.Without(cpus.First))
        {
            Kick(queue.Global(cpus.First));
        }

        for (int index = 0; queue.Waiting > 0 && index < QueueDirectory.Limit; index++)
        {
            if (index != queue.Index && QueueDirectory.Exists(index))
            {
                Offer(ref queue, ref QueueDirectory.At(index).Queue);
            }
        }
    }

    /// <summary>This CPU may have been kicked for another queue's sake and be busy, or go, now: an idle sibling takes its place.</summary>
    private static void OfferSiblings(ref RunQueue own)
    {
        for (int index = 0; !own.Idle.IsEmpty && index < QueueDirectory.Limit; index++)
        {
            if (index != own.Index && QueueDirectory.Exists(index) && QueueDirectory.At(index).Queue.Waiting > 0)
            {
                ref GuardedQueue other = ref QueueDirectory.At(index);
                using Locked<SchedulerRank> held = other.Lock.Enter(NoLocks.Held);
                Offer(ref other.Queue, ref own);
            }
        }
    }

    private static void Offer(ref RunQueue from, ref RunQueue to)
    {
        int cpu = RunQueues<TPolicy, VcpuUnits>.Offer(ref from, ref to, default(VcpuUnits));
        if (cpu >= 0)
        {
            Kick(to.Global(cpu));
        }
    }

    private static void Kick(CpuId cpu)
    {
        if (cpu == Processor.Id)
        {
            Dispatcher.DecideAgain(ref Dispatcher.Local);
        }
        else
        {
            Ipi.Kick(cpu);
        }
    }
}
