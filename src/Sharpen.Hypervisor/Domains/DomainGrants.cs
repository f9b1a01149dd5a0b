using Sharpen.Abi;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>Grants between domains: tables are made and given up with their domains, mappings may outlive the domain that granted.</summary>
public static class DomainGrants
{
    /// <summary>Gives a domain in the making its tables. ENOMEM.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="limits">How large they may become.</param>
    public static Result Create(ref Domain domain, GrantLimits limits)
    {
        using Locked<DomainRank> outer = domain.Lock.Enter(NoLocks.Held);
        if (!domain.Mappings.Create(outer, limits).Try(out Errno error))
        {
            return error;
        }

        using Locked<GrantRank> held = domain.Grants.Lock.Enter(outer);
        return domain.Grants.Create(held, domain.Id, limits);
    }

    /// <summary>Ends the use that a mapping was of a grant, if the table that granted is still there.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void EndUse<TOuter>(scoped in Locked<TOuter> outer, in GrantMapping mapping)
        where TOuter : IBefore<GrantRank>
    {
        ref Domain granter = ref DomainList.Find(mapping.Domain);
        if (Refs.IsNull(ref granter))
        {
            return;
        }

        using Locked<GrantRank> held = granter.Grants.Lock.Enter(outer);
        if (granter.Grants.Exists && granter.Grants.Serial == mapping.Serial)
        {
            granter.Grants.EndUse(held, mapping.Reference, mapping.IsWritable);
        }
    }

    /// <summary>Ends the use of each part that is left of a mapping, which is nothing afterwards.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void EndUses<TOuter>(scoped in Locked<TOuter> outer, ref GrantMapping mapping)
        where TOuter : IBefore<GrantRank>
    {
        if ((mapping.Kinds & GrantMapFlags.Host) != 0)
        {
            EndUse(outer, in mapping);
        }

        if ((mapping.Kinds & GrantMapFlags.Device) != 0)
        {
            EndUse(outer, in mapping);
        }

        mapping.Kinds = GrantMapFlags.None;
    }

    /// <summary>Gives up all that a domain which no longer runs has mapped and granted, in steps. EAGAIN: there is more.</summary>
    /// <param name="domain">The domain; none of its vCPUs will run again.</param>
    /// <param name="budget">How many handles to look at.</param>
    public static Result Release(ref Domain domain, int budget)
    {
        using Locked<DomainRank> outer = domain.Lock.Enter(NoLocks.Held);
        while (domain.GrantCursor < domain.Mappings.Limit)
        {
            if (budget-- <= 0)
            {
                return Errno.Again;
            }

            ReleaseMapping(outer, ref domain, domain.GrantCursor);
            domain.GrantCursor++;
        }

        domain.Mappings.Release(outer);
        using Locked<GrantRank> held = domain.Grants.Lock.Enter(outer);
        domain.Grants.Release(held);
        return Result.Success;
    }

    // Its page tables hold what they map until they are emptied.
    private static void ReleaseMapping(scoped in Locked<DomainRank> outer, ref Domain domain, uint handle)
    {
        ref GrantMapping mapping = ref domain.Mappings.Of(handle);
        if (!mapping.IsLive)
        {
            return;
        }

        EndUses(outer, ref mapping);
        mapping.Device.Release();
        domain.Mappings.Free(handle);
    }
}
