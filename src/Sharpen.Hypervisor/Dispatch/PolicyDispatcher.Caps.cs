using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>
/// Bounds on the CPU time of domains, whatever the policy says: a vCPU whose domain has used up its own sleeps, for the policy, until there is more.
/// </summary>
internal static partial class PolicyDispatcher<TPolicy>
{
    /// <summary>The vCPU on this CPU pays for what it has run; it sleeps if that was all.</summary>
    private static void ChargeCap(scoped in Locked<SchedulerRank> held, ref CpuDispatch cpu, ref RunQueue queue, Instant now)
    {
        Duration ran = now - cpu.CapSince;
        cpu.CapSince = now;
        if (cpu.Current.IsNone)
        {
            return;
        }

        ref Vcpu vcpu = ref VcpuUnits.VcpuOf(cpu.Current);
        ref Domain domain = ref DomainList.Of(in vcpu);
        if (domain.Cap.Exists)
        {
            domain.Cap.Charge(ran, now);
            _ = IsHalted(held, ref queue, ref vcpu, now, out _);
        }
    }

    /// <summary>The policy's answer, without those that may not run now, and no longer than the one that it names may.</summary>
    private static Decision DecideWithin(scoped in Locked<SchedulerRank> held, ref RunQueue queue, CpuId self, Instant now)
    {
        QueueCpus kick = QueueCpus.None;
        while (true)
        {
            Decision decision = TPolicy.Next(ref queue, default, RunQueue.Local(self), now);
            kick |= decision.Kick;
            if (decision.Unit.IsNone)
            {
                return new Decision(decision.Unit, decision.Until, kick);
            }

            if (!IsHalted(held, ref queue, ref VcpuUnits.VcpuOf(decision.Unit), now, out Instant until))
            {
                return new Decision(decision.Unit, until < decision.Until ? until : decision.Until, kick);
            }
        }
    }

    /// <summary>True when the vCPU's domain may not run now: it sleeps from here on. False: it may, until the time that comes with it.</summary>
    private static bool IsHalted(scoped in Locked<SchedulerRank> held, ref RunQueue queue, ref Vcpu vcpu, Instant now, out Instant until)
    {
        ref Domain domain = ref DomainList.Of(in vcpu);
        until = Instant.Never;
        if (!domain.Cap.Exists)
        {
            return false;
        }

        Duration left = domain.Cap.Left(now, domain.VcpuLimit, out Instant resume);
        until = now + left;
        if (left.Nanoseconds != 0 || !TimerService.TryArmCap(held, ref vcpu, resume))
        {
            until = left.Nanoseconds != 0 ? until : resume;
            return false;
        }

        vcpu.Halts |= VcpuHalt.Capped;
        _ = TPolicy.Sleep(ref queue, default, VcpuUnits.IdOf(in vcpu), now);      // only this CPU has it, and this CPU asks again
        return true;
    }

    /// <summary>The vCPU's domain may run again, if that is still what it waits for.</summary>
    internal static void Uncap(ref Vcpu vcpu, Instant deadline)
    {
        using (Locked<SchedulerRank> held = QueueDirectory.EnterHome(ref vcpu))
        {
            if ((deadline != Instant.Never && vcpu.CapDeadline != deadline) || (vcpu.Halts & VcpuHalt.Capped) == 0)
            {
                return;
            }

            vcpu.Halts &= ~VcpuHalt.Capped;
        }

        VcpuGlue.Reconsider(ref vcpu);
    }
}
