using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Power;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>Starting and stopping domains, as the rest of the hypervisor asks for it.</summary>
public static class DomainControl
{
    /// <summary>The building is done: takes the builder's pause away.</summary>
    public static void Start(ref Domain domain)
    {
        DomainLife.Begin(ref domain);
        DomainLife.Unpause(ref domain);
        VcpuGlue.Reconsider(ref domain);
    }

    /// <summary>
    /// The domain stops. What it owns stays until the control domain, which is told, ends it or lets it go on; without a control domain it goes. A second
    /// reason changes nothing.
    /// </summary>
    public static void Stop(ref Domain domain, ShutdownReason reason)
    {
        if (DomainLife.Stop(ref domain, reason))
        {
            FlushConsole(ref domain);
            Log.Info($"d{domain.Id.Value}: stopped, reason {(uint)reason}");
            VcpuGlue.Reconsider(ref domain);
            if (domain.IsHardware)
            {
                HostPower.Follow(reason);
            }

            if (HasController(ref domain))
            {
                Report(ref domain);
            }
            else
            {
                Destroy(ref domain);
            }
        }
    }

    // Who waits for a domain to suspend itself may have named a port for that.
    private static void Report(ref Domain stopped)
    {
        bool isTold = stopped.Reason == ShutdownReason.Suspend && stopped.SuspendPort != 0 && HostEvents.TrySendFor(ref stopped, stopped.SuspendPort);
        if (!isTold)
        {
            HostEvents.Raise(Virq.DomainException);
        }
    }

    /// <summary>A domain that stopped goes on. False: it had not stopped, or is being taken apart.</summary>
    public static bool Resume(ref Domain domain)
    {
        bool isResumed = DomainLife.Resume(ref domain);
        VcpuGlue.Reconsider(ref domain);
        return isResumed;
    }

    /// <summary>As <see cref="Destroy"/>, but another domain takes the steps, by <see cref="Reaper.Bury"/>. False: it is dying already.</summary>
    public static bool TryDestroy(ref Domain domain, DomainId undertaker) => DomainLife.BeginTeardown(ref domain, undertaker);

    private static bool HasController(ref Domain stopped)
    {
        ref Domain hardware = ref DomainList.FindHardware();
        return !Refs.IsNull(ref hardware) && hardware.IsPrivileged && hardware.Id != stopped.Id && !hardware.IsEnding;
    }

    /// <summary>The domain goes, whatever it was doing: <see cref="Reaper"/> takes back what it owns, from now on.</summary>
    public static void Destroy(ref Domain domain)
    {
        if (DomainLife.BeginTeardown(ref domain))
        {
            Reaper.Announce();
        }
    }

    /// <summary>The vCPU did what no well-behaved guest does: its domain stops, and the log says why.</summary>
    public static void Crash(ref Vcpu vcpu, string why, ulong detail)
    {
        Log.Guest(LogLevel.Warning, $"{vcpu.Id}: crashed: {why} {detail:x}");
        Stop(ref DomainList.Of(ref vcpu), ShutdownReason.Crash);
    }

    private static void FlushConsole(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        GuestConsole.Flush(domain.Id.Value, ref domain.ConsoleLine);
    }
}
