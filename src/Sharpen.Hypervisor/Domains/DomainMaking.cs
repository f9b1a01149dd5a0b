using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// Domains as a toolstack wants them: what each has from its first moment on, within the limits that it is given then. Memory, vCPUs and the rest
/// come later; nobody finds a domain before it has all that others rely on.
/// </summary>
public static class DomainMaking
{
    private const uint Relaxed = 1;
    private const uint EveryEmulation = 0x7ff;
    private const uint IntervalTimer = 0x100;

    /// <summary>
    /// Makes a domain, paused. <see cref="Errno.Inval"/>: wishes that contradict each other or that this host has not; <see cref="Errno.Srch"/>: no such
    /// pool of CPUs; <see cref="Errno.OpNotSupp"/>: devices that a PV domain has not; <see cref="Errno.Exist"/>: the number is taken;
    /// <see cref="Errno.NoSpc"/>: there are too many domains; <see cref="Errno.NoMem"/>.
    /// </summary>
    /// <param name="id">Its number; 0 for the next that is free.</param>
    /// <param name="plan">What it is to be: any values.</param>
    public static Result<DomainId> Make(DomainId id, in DomctlCreation plan)
    {
        if (!Check(in plan).Try(out Errno unsound))
        {
            return unsound;
        }

        if (!DomainList.Reserve(id).Try(out int slot, out Errno refused))
        {
            return refused;
        }

        ref Domain domain = ref DomainList.Reserved(slot);
        domain.Handle = plan.Handle;
        domain.SecurityId = plan.SecurityId;
        domain.Miscellaneous = plan.Miscellaneous;
        domain.IsStore = (plan.Flags & DomainCreationFlags.Store) != 0;
        domain.MostVcpus = (int)plan.MostVcpus;
        domain.HighestPort = plan.HighestPort;
        domain.Memory.Limit = 0;
        Result furnished = SharedPages.Allocate(ref domain);
        furnished = furnished.Try(out _) ? DomainGrants.Create(ref domain, Limits(in plan)) : furnished;
        if (!furnished.Try(out Errno error))
        {
            Discard(ref domain);
            return error;
        }

        DomainList.Publish(ref domain);
        return domain.Id;
    }

    private static Result Check(in DomctlCreation plan)
    {
        GrantLimits most = GrantLimits.Current;
        bool isPv = (plan.Flags & ~(DomainCreationFlags.Store | DomainCreationFlags.InSync)) == 0 && plan.IommuOptions == 0 && plan.TraceBytes == 0;
        bool isSized = plan.MostVcpus is > 0 and <= Domain.MaxVcpus && plan.GrantFrames != 0;
        bool isWithin = plan.GrantFrames <= most.Frames && plan.MapFrames <= most.MapFrames;
        bool isKnown = plan.GrantOptions is 1 or GrantTable.NewestVersion && (plan.Miscellaneous & ~Relaxed) == 0 && (plan.Emulation & ~EveryEmulation) == 0;
        return !isPv || !isSized || !isWithin || !isKnown ? Errno.Inval
            : plan.Emulation is not (0 or IntervalTimer) ? Errno.OpNotSupp
            : plan.Pool != 0 ? Errno.Srch : Result.Success;
    }

    private static GrantLimits Limits(in DomctlCreation plan)
    {
        GrantLimits limits = GrantLimits.Current;
        limits.Frames = plan.GrantFrames < 0 ? limits.Frames : plan.GrantFrames;
        limits.Version = plan.GrantOptions;
        limits.MapFrames = plan.MapFrames < 0 ? limits.MapFrames : Math.Max(plan.MapFrames, 1);
        return limits;
    }

    // Nobody has seen it.
    private static void Discard(ref Domain domain)
    {
        _ = DomainGrants.Release(ref domain, int.MaxValue);
        domain.Shared.Release();
        DomainList.Remove(ref domain);
    }
}
