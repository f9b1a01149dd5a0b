using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>What others ask for a vCPU: wake, sleep, yield, weight, affinity, the end.</summary>
internal static partial class PolicyDispatcher<TPolicy>
{
    internal static void Change(ref Vcpu vcpu, VcpuHalt keep, VcpuHalt add, bool isEvent)
    {
        bool needsHome = false;
        using (Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu))
        {
            vcpu.Halts = (vcpu.Halts & (keep | VcpuHalt.Capped)) | add;
            bool isWanted = MayRun(ref vcpu);
            ref SchedulingUnit unit = ref vcpu.Unit;
            ref RunQueue queue = ref QueueDirectory.At(unit.Home).Queue;
            UnitId id = VcpuUnits.IdOf(in vcpu);
            bool isAway = unit.Place == UnitPlace.Away;
            bool isStranded = unit.Place == UnitPlace.Asleep && RunQueues<TPolicy, VcpuUnits>.IsStranded(ref queue, default, id);
            Instant now = Clock.Now;
            if (isAway || (isWanted && isStranded))
            {
                needsHome = isWanted;
            }
            else if (isWanted != unit.IsRunnable)
            {
                Notify(ref queue, isWanted ? TPolicy.Wake(ref queue, default, id, now) : TPolicy.Sleep(ref queue, default, id, now));
            }
            else if (isEvent && unit.Place == UnitPlace.Running && queue.Global(unit.Cpu) != Processor.Id)
            {
                Ipi.Kick(queue.Global(unit.Cpu));
            }

            if (unit.Place != UnitPlace.Running)
            {
                vcpu.Runstates.Enter(StateOf(ref vcpu), now);
            }
        }

        if (needsHome)
        {
            Settle(ref vcpu);
        }
    }

    // Where nobody waits there is nobody to go first; one who comes in this moment is kicked for like any other.
    internal static void Yield(ref Vcpu caller)
    {
        if (Volatile.Read(ref QueueDirectory.At(caller.Unit.Home).Queue.Waiting) == 0)
        {
            return;
        }

        using Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref caller);
        TPolicy.Yield(ref QueueDirectory.At(caller.Unit.Home).Queue, default, VcpuUnits.IdOf(in caller));
        Dispatcher.DecideAgain(ref Dispatcher.Local);
    }

    internal static void Reweigh(ref Vcpu vcpu, ushort weight)
    {
        using Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu);
        if (vcpu.Unit.Place == UnitPlace.Away)
        {
            vcpu.Unit.Weight = weight;
            return;
        }

        TPolicy.Reweigh(ref QueueDirectory.At(vcpu.Unit.Home).Queue, default, VcpuUnits.IdOf(in vcpu), weight, Clock.Now);
    }

    internal static void Restrict(ref Vcpu vcpu, in CpuMask affinity)
    {
        using (Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu))
        {
            vcpu.Unit.Affinity = affinity;
            if (vcpu.Unit.Place == UnitPlace.Away)
            {
                return;
            }

            ref RunQueue queue = ref QueueDirectory.At(vcpu.Unit.Home).Queue;
            QueueCpus allowed = new(affinity.Sixteen(queue.Index));
            Notify(ref queue, TPolicy.Restrict(ref queue, default, VcpuUnits.IdOf(in vcpu), allowed, Clock.Now));
        }

        MoveIfStranded(ref vcpu);
    }

    /// <summary>Takes a vCPU that no longer runs out of its queue. False: a CPU still has it; that CPU has been kicked.</summary>
    internal static bool TryDetach(ref Vcpu vcpu)
    {
        using Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu);
        ref SchedulingUnit unit = ref vcpu.Unit;
        if (unit.Place == UnitPlace.Away)
        {
            return true;
        }

        ref RunQueue queue = ref QueueDirectory.At(unit.Home).Queue;
        UnitId id = VcpuUnits.IdOf(in vcpu);
        Notify(ref queue, TPolicy.Sleep(ref queue, default, id, Clock.Now));
        if (unit.Place == UnitPlace.Running)
        {
            return false;
        }

        Notify(ref queue, TPolicy.Part(ref queue, default, id, Clock.Now));
        return true;
    }

    /// <summary>Nothing in the vCPU or its domain keeps it from running.</summary>
    private static bool MayRun(ref Vcpu vcpu) => vcpu.IsRunnable && DomainList.Of(in vcpu).IsRunnable;

    private static Runstate StateOf(ref Vcpu vcpu) => (vcpu.Halts & (VcpuHalt.Blocked | VcpuHalt.Polling)) != 0 ? Runstate.Blocked
        : MayRun(ref vcpu) || vcpu.Halts == VcpuHalt.Capped ? Runstate.Runnable
        : Runstate.Offline;

    private static UnitId FindStranded(ref GuardedQueue guarded)
    {
        using Locked<SchedulerRank> held = guarded.Lock.Enter(NoLocks.Held);
        return RunQueues<TPolicy, VcpuUnits>.FindStranded(ref guarded.Queue, default);
    }

    /// <summary>Finds a vCPU a new home if none of its CPUs in the old one takes part and it wants to run.</summary>
    private static void MoveIfStranded(ref Vcpu vcpu)
    {
        bool isStranded;
        using (Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu))
        {
            isStranded = vcpu.Unit.Place == UnitPlace.Waiting
                && RunQueues<TPolicy, VcpuUnits>.IsStranded(ref QueueDirectory.At(vcpu.Unit.Home).Queue, default, VcpuUnits.IdOf(in vcpu));
        }

        if (isStranded)
        {
            Settle(ref vcpu);
        }
    }

    /// <summary>Gives a vCPU that has none, or a useless one, the home that suits it best, and lets it run there.</summary>
    private static void Settle(ref Vcpu vcpu)
    {
        HomeChoice choice = default;
        for (int index = 0; index < QueueDirectory.Limit; index++)
        {
            if (QueueDirectory.Exists(index))
            {
                choice.Consider(in QueueDirectory.At(index).Queue, in vcpu.Unit.Affinity, in vcpu.Unit.Liked);
            }
        }

        if (!choice.TryGet(out int home, out QueueCpus allowed))
        {
            return;
        }

        int old = vcpu.Unit.Home;
        if (old == home)
        {
            using Locked<SchedulerRank> held = QueueDirectory.At(home).Lock.Enter(NoLocks.Held);
            MoveHeld(ref vcpu, old, home, allowed);
        }
        else
        {
            using LockedPair<SchedulerRank> held = QueueDirectory.EnterBoth(old, home);
            MoveHeld(ref vcpu, old, home, allowed);
        }
    }

    /// <summary>The move, under the locks of both queues. If another CPU was quicker there is nothing left to do.</summary>
    private static void MoveHeld(ref Vcpu vcpu, int old, int home, QueueCpus allowed)
    {
        ref SchedulingUnit unit = ref vcpu.Unit;
        UnitId id = VcpuUnits.IdOf(in vcpu);
        ref RunQueue from = ref QueueDirectory.At(old).Queue;
        if (unit.Home != old || unit.Place == UnitPlace.Running)
        {
            return;
        }

        Instant now = Clock.Now;
        if (unit.Place != UnitPlace.Away)
        {
            if (!RunQueues<TPolicy, VcpuUnits>.IsStranded(ref from, default, id))
            {
                return;
            }

            Notify(ref from, TPolicy.Part(ref from, default, id, now));
        }

        unit.IsRunnable = MayRun(ref vcpu);
        ref RunQueue to = ref QueueDirectory.At(home).Queue;
        Notify(ref to, TPolicy.Join(ref to, default, id, allowed, now));
        vcpu.Runstates.Enter(StateOf(ref vcpu), now);
    }
}
