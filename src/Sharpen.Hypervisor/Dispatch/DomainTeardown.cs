using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>
/// A dying domain gives back what it owns, stage by stage, a bounded piece at a time: each step leaves it whole, and the next
/// may come on any CPU. It is dead when its counters are zero.
/// </summary>
public static class DomainTeardown
{
    private const int Budget = 2048;
    private const int PortBudget = 256;

    /// <summary>One step for a domain that is <see cref="DomainPhase.Dying"/>. True when there is more to do.</summary>
    public static bool Step(ref Domain domain)
    {
        bool isStageDone = domain.Teardown switch
        {
            TeardownStage.StopVcpus => TryStopVcpus(ref domain),
            TeardownStage.ClosePorts => ClosePorts(ref domain),
            TeardownStage.ReleaseGrants => DomainGrants.Release(ref domain, Budget).Try(out _),
            TeardownStage.FreeMemory => TryFreeMemory(ref domain),
            TeardownStage.FreeVcpus => FreeVcpus(ref domain),
            _ => true,
        };
        if (!isStageDone)
        {
            return true;
        }

        domain.Teardown++;
        if (domain.Teardown < TeardownStage.Done)
        {
            return true;
        }

        Finish(ref domain);
        return false;
    }

    private static bool TryStopVcpus(ref Domain domain)
    {
        Watchdogs.EndAll(ref domain);
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (!Refs.IsNull(ref vcpu) && !VcpuGlue.TryDetach(ref vcpu))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ClosePorts(ref Domain domain)
    {
        if (domain.Shared.Exists)
        {
            if (!EventTeardown.CloseSome(ref domain, PortBudget))
            {
                return false;
            }

            EventTeardown.Forget(ref domain);
        }

        DomainPirqs.ReleaseAll(ref domain);
        return true;
    }

    // Roots first: the tables can be emptied only when no vCPU relies on them.
    private static bool TryFreeMemory(ref Domain domain)
    {
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (!Refs.IsNull(ref vcpu) && GuestCpu.Release(ref vcpu.Context))
            {
                domain.Owned.OverheadFrames--;
            }

            if (!Refs.IsNull(ref vcpu))
            {
                vcpu.Info.Release();
            }
        }

        bool isDone = GiveUpMemory(ref domain);
        if (domain.WaitsForFrames)
        {
            HostEvents.Raise(Virq.DomainException);    // whoever maps its pages may let them go now
        }

        return isDone;
    }

    private static bool GiveUpMemory(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        Result emptied = domain.Memory.EmptyTables(held, Budget);
        if (!emptied.Try(out _))
        {
            return false;
        }

        if (domain.Shared.Exists)
        {
            domain.Shared.Release();
            domain.Owned.OverheadFrames--;
        }

        domain.Owned.OverheadFrames -= domain.Map.Frames;
        _ = domain.Map.Release(in held);
        DomainNuma.Release(in held, ref domain);
        if (!domain.Memory.Relinquish(held, Budget).Try(out _))
        {
            return false;
        }

        domain.WaitsForFrames = domain.Memory.CountWithLingering(domain.Id) != 0;
        return !domain.WaitsForFrames;
    }

    private static bool FreeVcpus(ref Domain domain)
    {
        DomainList.RemoveVcpus(ref domain);
        return true;
    }

    private static void Finish(ref Domain domain)
    {
        ushort id = domain.Id.Value;
        if (domain.Owned.AreZero && domain.Memory.Count == 0 && domain.Grants.HostFrames + domain.Mappings.HostFrames == 0)
        {
            Log.Info($"d{id}: gone, all that it owned came back");
        }
        else
        {
            Log.Error($"d{id}: gone, but {domain.Memory.Count} frames, {domain.Owned.Ports} ports, {domain.Owned.Vcpus} vCPUs did not come back");
        }

        Reaper.Inherit(domain.Id);
        DomainList.Remove(ref domain);
        HostEvents.Raise(Virq.DomainException);
    }
}
