using Sharpen.Abi;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>The grant tables of domains, made and given up with them.</summary>
public static class DomainGrants
{
    /// <summary>Gives a domain in the making its tables. ENOMEM.</summary>
    public static Result Create(ref Domain domain)
    {
        using Locked<GrantRank> held = domain.Grants.Lock.Enter(NoLocks.Held);
        return domain.Grants.Create(held, domain.Id, GrantLimits.Current);
    }

    /// <summary>Grants a page of a domain in the making, as its builder promises: to the console's daemon, for one. EINVAL: no such reference.</summary>
    /// <param name="domain">Whose page.</param>
    /// <param name="reference"><see cref="GrantTable.ConsoleReference"/> or <see cref="GrantTable.StoreReference"/>.</param>
    /// <param name="user">Who may map it.</param>
    /// <param name="frame">The page.</param>
    public static Result Reserve(ref Domain domain, uint reference, DomainId user, Mfn frame)
    {
        using Locked<GrantRank> held = domain.Grants.Lock.Enter(NoLocks.Held);
        GrantEntry entry = new() { Flags = GrantFlags.PermitAccess, Domain = user.Value, Frame = (uint)frame.Value };
        return domain.Grants.Set(held, reference, entry);
    }

    /// <summary>Gives up the tables of a domain that no longer runs.</summary>
    public static void Release(ref Domain domain)
    {
        using Locked<GrantRank> held = domain.Grants.Lock.Enter(NoLocks.Held);
        domain.Grants.Release(held);
    }
}
