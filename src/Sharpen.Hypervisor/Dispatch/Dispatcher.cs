using System.Runtime.CompilerServices;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.State;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>Owns what the policies must not: locks, the clock, the switch from one vCPU to another, timers and kicks.</summary>
/// <remarks>
/// A CPU runs to completion. Whatever happens inside the hypervisor only notes that something has changed; on the way out, with nothing
/// held, <see cref="Leave"/> asks the policy and makes its answer true: it switches vCPUs under the run queue's lock (so that nobody can
/// take a vCPU whose registers are not saved yet), and sets the local timer to the end of the slice or the first timer, whichever is
/// sooner. A CPU that would idle looks for work in the other run queues first.
/// </remarks>
public static class Dispatcher
{
    internal static ref CpuDispatch Local => ref PerCpu.Local<CpuDispatch>();

    private static bool IsNull => Root.Of<DispatcherState>().Kind == SchedulerKind.Null;

    /// <summary>The policy that was chosen.</summary>
    public static SchedulerKind Kind => Root.Of<DispatcherState>().Kind;

    /// <summary>How long a vCPU runs at least.</summary>
    public static Duration RateLimit => Root.Of<DispatcherState>().RateLimit;

    /// <summary>True when this CPU has a vCPU.</summary>
    public static bool HasCurrent => !Local.Current.IsNone;

    /// <summary>The vCPU that this CPU has; only when <see cref="HasCurrent"/>.</summary>
    public static ref Vcpu Current => ref Local.Here.Value;

    /// <summary>Chooses the policy and makes room on every CPU. Once, before the boot CPU's own area is made.</summary>
    /// <param name="rateLimit">How long a vCPU runs at least (<c>sched_ratelimit_us</c>, 1000 microseconds unless said); zero switches it off.</param>
    public static void Initialise(SchedulerKind kind, Duration rateLimit)
    {
        ref DispatcherState state = ref Root.Of<DispatcherState>();
        state.Kind = kind;
        state.RateLimit = rateLimit;
        PerCpu.Reserve<CpuDispatch>();
    }

    /// <summary>This CPU takes part from now on; what it runs is decided when it leaves.</summary>
    public static void Online()
    {
        QueueDirectory.Found(Processor.Id);
        ref CpuDispatch cpu = ref Local;
        cpu.IsOnline = true;
        DecideAgain(ref cpu);
        cpu.SliceEnd = Instant.Never;
        cpu.FirstTimer = Instant.Never;
        cpu.Armed = Instant.Never;
        if (IsNull)
        {
            PolicyDispatcher<OneToOne<VcpuUnits>>.Online();
        }
        else
        {
            PolicyDispatcher<Credit2<VcpuUnits>>.Online();
        }
    }

    /// <summary>This CPU takes part no longer: its vCPU and those that only it could run go elsewhere. It must not be the last.</summary>
    public static void Offline()
    {
        if (IsNull)
        {
            PolicyDispatcher<OneToOne<VcpuUnits>>.Offline();
        }
        else
        {
            PolicyDispatcher<Credit2<VcpuUnits>>.Offline();
        }

        ref CpuDispatch cpu = ref Local;
        cpu.IsOnline = false;
        cpu.MustDecide = false;
        Attention.Raise();
        if (QueueDirectory.TryAnyCpu(out CpuId heir))
        {
            TimerService.HandOver(ref cpu, heir);
        }

        LocalTimer.Arm(Instant.Never);
    }

    /// <summary>The way out of the hypervisor, with nothing held. Before <see cref="Online"/> it says idle.</summary>
    /// <returns>Whether <see cref="Current"/> is to be resumed. The caller delivers its events first, and leaves again if that stops it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NextStep Leave()
    {
        ref CpuDispatch cpu = ref Local;
        if (!cpu.IsOnline && !TryCome(ref cpu))
        {
            return NextStep.Idle;
        }

        while (cpu.MustDecide)
        {
            cpu.MustDecide = false;
            if (cpu.Phase == (uint)CpuPhase.Leaving)
            {
                CpuPlug.Follow(ref cpu);
                return NextStep.Idle;
            }

            Decide(ref cpu);
        }

        TimerService.SetLocalTimer(ref cpu);
        return cpu.Current.IsNone ? NextStep.Idle : NextStep.ResumeGuest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryCome(ref CpuDispatch cpu)
    {
        CpuPlug.Follow(ref cpu);
        return cpu.IsOnline;
    }

    /// <summary>True when what this CPU runs has to be decided again before it leaves.</summary>
    public static bool MustDecide => Local.MustDecide;

    /// <summary>The kick vector came: another CPU wants this one to look again.</summary>
    public static void OnKick()
    {
        ref CpuDispatch cpu = ref Local;
        DecideAgain(ref cpu);
        TimerService.Refresh(ref cpu);
    }

    /// <summary>The local timer came: expires timers, and notes the end of the slice.</summary>
    public static void OnTimer() => TimerService.Expire(ref Local);

    /// <summary>The policy is to be asked on this CPU's way out.</summary>
    internal static void DecideAgain(ref CpuDispatch cpu)
    {
        cpu.MustDecide = true;
        Attention.Raise();
    }

    private static void Decide(ref CpuDispatch cpu)
    {
        if (IsNull)
        {
            PolicyDispatcher<OneToOne<VcpuUnits>>.Decide(ref cpu);
        }
        else
        {
            PolicyDispatcher<Credit2<VcpuUnits>>.Decide(ref cpu);
        }
    }

    /// <summary>Changes why a vCPU does not run, and lets the policy know if that makes a difference.</summary>
    /// <param name="keep">Reasons that stay.</param>
    /// <param name="add">Reasons that come.</param>
    /// <param name="isEvent">If another CPU runs it, that CPU is kicked so that its guest sees its events.</param>
    internal static void Change(ref Vcpu vcpu, VcpuHalt keep, VcpuHalt add, bool isEvent)
    {
        if (IsNull)
        {
            PolicyDispatcher<OneToOne<VcpuUnits>>.Change(ref vcpu, keep, add, isEvent);
        }
        else
        {
            PolicyDispatcher<Credit2<VcpuUnits>>.Change(ref vcpu, keep, add, isEvent);
        }
    }

    /// <summary>The vCPU's domain may run again; with <see cref="Instant.Never"/>, whatever time it waits for.</summary>
    internal static void Uncap(ref Vcpu vcpu, Instant deadline)
    {
        if (IsNull)
        {
            PolicyDispatcher<OneToOne<VcpuUnits>>.Uncap(ref vcpu, deadline);
        }
        else
        {
            PolicyDispatcher<Credit2<VcpuUnits>>.Uncap(ref vcpu, deadline);
        }
    }

    internal static void Yield(ref Vcpu caller)
    {
        if (IsNull)
        {
            return;
        }

        PolicyDispatcher<Credit2<VcpuUnits>>.Yield(ref caller);
    }

    internal static void Reweigh(ref Vcpu vcpu, ushort weight)
    {
        if (IsNull)
        {
            PolicyDispatcher<OneToOne<VcpuUnits>>.Reweigh(ref vcpu, weight);
        }
        else
        {
            PolicyDispatcher<Credit2<VcpuUnits>>.Reweigh(ref vcpu, weight);
        }
    }

    internal static void Restrict(ref Vcpu vcpu, in CpuMask affinity)
    {
        if (IsNull)
        {
            PolicyDispatcher<OneToOne<VcpuUnits>>.Restrict(ref vcpu, in affinity);
        }
        else
        {
            PolicyDispatcher<Credit2<VcpuUnits>>.Restrict(ref vcpu, in affinity);
        }
    }

    internal static bool TryDetach(ref Vcpu vcpu) => IsNull
        ? PolicyDispatcher<OneToOne<VcpuUnits>>.TryDetach(ref vcpu)
        : PolicyDispatcher<Credit2<VcpuUnits>>.TryDetach(ref vcpu);
}
