using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>
/// What policy asks of the dispatcher. The state of a vCPU changes here, under the lock of its run queue; its CPU, or an idle one,
/// is kicked if it has to notice. What is asked for the caller itself takes effect when this CPU leaves the hypervisor.
/// </summary>
public static class VcpuGlue
{
    private const VcpuHalt Everything = VcpuHalt.Down | VcpuHalt.Blocked | VcpuHalt.Polling;

    /// <summary>Ends the sleep of each of these vCPUs, and makes a running one look at its events.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Wake(ref Domain domain, VcpuSet vcpus)
    {
        if (!vcpus.IsEmpty && !IsAwakeHere(ref domain, vcpus))
        {
            WakeAll(ref domain, vcpus);
        }
    }

    private static void WakeAll(ref Domain domain, VcpuSet vcpus)
    {
        ref Vcpu one = ref DomainList.VcpuOf(ref domain, vcpus.One);
        if (!Refs.IsNull(ref one))
        {
            Dispatcher.Change(ref one, VcpuHalt.Down, VcpuHalt.None, isEvent: true);
        }

        for (int index = 0; index < domain.VcpuLimit && vcpus.HasPollers; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (!Refs.IsNull(ref vcpu) && (vcpu.Halts & VcpuHalt.Polling) != 0)
            {
                Dispatcher.Change(ref vcpu, VcpuHalt.Down, VcpuHalt.None, isEvent: true);
            }
        }
    }

    // The vCPU that this CPU serves sees its events on the way out, unless it has just gone to sleep. Only it lets itself sleep.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAwakeHere(ref Domain domain, VcpuSet vcpus)
    {
        ref Vcpu current = ref Dispatcher.Current;
        return !Refs.IsNull(ref current) && vcpus.IsOnly(current.Id.Index) && current.Halts == VcpuHalt.None
            && Refs.AreSame(ref DomainList.Of(ref current), ref domain);
    }

    /// <summary>The vCPU sleeps until it is woken; with <see cref="VcpuHalt.Down"/>, until it is brought up.</summary>
    public static void Sleep(ref Vcpu vcpu, VcpuHalt why) => Dispatcher.Change(ref vcpu, Everything, why, isEvent: false);

    /// <summary>The vCPU was down and starts.</summary>
    public static void BringUp(ref Vcpu vcpu) => Dispatcher.Change(ref vcpu, VcpuHalt.None, VcpuHalt.None, isEvent: false);

    /// <summary>One more wants this vCPU not to run.</summary>
    public static void Pause(ref Vcpu vcpu)
    {
        using (Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu))
        {
            vcpu.PauseCount++;
        }

        Reconsider(ref vcpu);
    }

    /// <summary>The same for somebody who may ask for it any number of times. False: nothing has changed, so many can hardly be meant.</summary>
    public static bool TryPause(ref Vcpu vcpu)
    {
        const int Most = byte.MaxValue;
        if (vcpu.PauseCount >= Most)
        {
            return false;
        }

        Pause(ref vcpu);
        return true;
    }

    /// <summary>One less. False: nobody had paused it.</summary>
    public static bool Unpause(ref Vcpu vcpu)
    {
        using (Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu))
        {
            if (vcpu.PauseCount == 0)
            {
                return false;
            }

            vcpu.PauseCount--;
        }

        Reconsider(ref vcpu);
        return true;
    }

    /// <summary>The caller lets others run first, once.</summary>
    public static void Yield(ref Vcpu caller) => Dispatcher.Yield(ref caller);

    /// <summary>The deadline of the one-shot timer of the vCPU that this CPU serves.</summary>
    public static void ArmTimer(ref Vcpu vcpu, Instant deadline) => TimerService.ArmSingleshot(ref vcpu, deadline);

    /// <summary>The period of a vCPU's timer; zero stops it.</summary>
    public static void ArmPeriodic(ref Vcpu vcpu, Duration period) => TimerService.ArmPeriodic(ref vcpu, period);

    /// <summary>Makes the vCPU's kernel see an NMI as soon as it can.</summary>
    public static void SendNmi(ref Vcpu vcpu)
    {
        Volatile.Write(ref vcpu.NmiPending, true);
        Attention.Raise();
        Wake(ref DomainList.Of(ref vcpu), VcpuSet.Of(vcpu.Id.Index));
    }

    /// <summary>The deadline of the caller's poll; <see cref="Instant.Never"/> when it has none, zero when the poll is over.</summary>
    public static void ArmPoll(ref Vcpu vcpu, Instant deadline) => TimerService.ArmPoll(ref vcpu, deadline);

    /// <summary>The domain was paused, unpaused, stopped or begun: all its vCPUs are to be looked at again.</summary>
    public static void Reconsider(ref Domain domain)
    {
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (!Refs.IsNull(ref vcpu))
            {
                Reconsider(ref vcpu);
            }
        }
    }

    /// <summary>Shares of CPU time for each vCPU of the domain; 1 to 65535.</summary>
    public static void SetWeight(ref Domain domain, ushort weight)
    {
        domain.Weight = weight;
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (!Refs.IsNull(ref vcpu))
            {
                Dispatcher.Reweigh(ref vcpu, weight);
            }
        }
    }

    /// <summary>Bounds the CPU time of a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="percent">Of one CPU, for all its vCPUs together; 0 for no bound.</param>
    public static void SetCap(ref Domain domain, uint percent)
    {
        domain.Cap.Set(percent, Clock.Now);
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (!Refs.IsNull(ref vcpu))
            {
                Dispatcher.Uncap(ref vcpu, Instant.Never);
            }
        }
    }

    /// <summary>The CPUs that the vCPU may use. If none of them takes part it runs anywhere until it is told anew.</summary>
    public static void SetAffinity(ref Vcpu vcpu, in CpuMask cpus) => Dispatcher.Restrict(ref vcpu, in cpus);

    /// <summary>The CPUs that the vCPU likes, from when it is next given one.</summary>
    public static void SetLiked(ref Vcpu vcpu, in CpuMask cpus)
    {
        using Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu);
        vcpu.Unit.Liked = cpus;
    }

    /// <summary>
    /// The vCPU goes away: disarms its timers and takes it from the scheduler. False while a CPU still has it: that CPU has been
    /// kicked, ask again later. Its domain has stopped, so that nothing wakes it.
    /// </summary>
    public static bool TryDetach(ref Vcpu vcpu)
    {
        TimerService.Disarm(ref vcpu);
        return Dispatcher.TryDetach(ref vcpu);
    }

    /// <summary>True when no CPU has the vCPU: its registers are saved, and stay so while something keeps it from running.</summary>
    public static bool IsStopped(ref Vcpu vcpu)
    {
        using Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu);
        return vcpu.Unit.Place != UnitPlace.Running;
    }

    /// <summary>Waits a little until no CPU has a vCPU that is kept from running. False: not yet; let go whatever a CPU may wait for, and ask again.</summary>
    public static bool TryAwaitStop(ref Vcpu vcpu)
    {
        const int Patience = 4096;
        for (int tries = 0; tries < Patience; tries++)
        {
            if (IsStopped(ref vcpu))
            {
                return true;
            }

            Processor.Relax();
        }

        return false;
    }

    /// <summary>Keeps a vCPU from running, and waits a little until no CPU has it.</summary>
    public static StoppedVcpu Stop(ref Vcpu vcpu) => new(ref vcpu);

    /// <summary>The CPU that has the vCPU or had it last.</summary>
    public static CpuId CpuOf(ref Vcpu vcpu)
    {
        using Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu);
        return QueueDirectory.At(vcpu.Unit.Home).Queue.Global(vcpu.Unit.Cpu);
    }

    internal static void Reconsider(ref Vcpu vcpu) => Dispatcher.Change(ref vcpu, Everything, VcpuHalt.None, isEvent: false);
}
