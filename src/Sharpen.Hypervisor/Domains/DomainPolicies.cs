using Sharpen.Abi;
using Sharpen.Hypervisor.Features;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>What CPUID tells each domain: what the host offers, or what its toolstack made of that.</summary>
public static class DomainPolicies
{
    /// <summary>The answer to a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="extendedState">The asking vCPU's XCR0; 0: there is no XSAVE.</param>
    /// <param name="leaf">Any number.</param>
    /// <param name="subleaf">Any number.</param>
    public static Cpuid Query(ref Domain domain, ulong extendedState, uint leaf, uint subleaf)
    {
        CpuidCaller caller = new() { IsHardware = domain.IsHardware, ExtendedState = extendedState };
        ref CpuidTable own = ref Of(ref domain);
        return Refs.IsNull(ref own) ? CpuidPolicy.Query(in caller, leaf, subleaf) : CpuidPolicy.Query(in caller, in own, leaf, subleaf);
    }

    /// <summary>True for parts of the extended state that a domain may switch on.</summary>
    public static bool HasStates(ref Domain domain, ulong states)
    {
        ref CpuidTable own = ref Of(ref domain);
        return Refs.IsNull(ref own) || (states & ~(ulong)own.States) == 0;
    }

    /// <summary>A copy of what a domain is told, to be changed. <see cref="Errno.NoSpc"/>, <see cref="Errno.NoMem"/>.</summary>
    /// <returns>For <see cref="Edit"/>, and one of <see cref="Commit"/> and <see cref="Discard"/>.</returns>
    public static Result<int> Begin(ref Domain domain)
    {
        Result<int> added = DomainStores.AddPolicy();
        if (added.Try(out int slot, out _))
        {
            ref CpuidTable own = ref Of(ref domain);
            if (!Refs.IsNull(ref own))
            {
                DomainStores.PolicyAt(slot) = own;
            }
            else
            {
                CpuidCaller caller = new() { IsHardware = domain.IsHardware };
                DomainStores.PolicyAt(slot).Fill(in caller);
            }
        }

        return added;
    }

    /// <summary>The copy.</summary>
    public static ref CpuidTable Edit(int copy) => ref DomainStores.PolicyAt(copy);

    /// <summary>The domain is told this from now on. <see cref="Errno.Exist"/>: it has run, and the copy is gone.</summary>
    public static Result Commit(ref Domain domain, int copy)
    {
        int old = copy + 1;
        CpuidCaller caller = new() { IsHardware = domain.IsHardware };
        CpuidLimits.Apply(in caller, ref DomainStores.PolicyAt(copy));
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            if (domain.Phase == DomainPhase.Building)
            {
                (old, domain.PolicySlot) = (domain.PolicySlot, copy + 1);
            }
        }

        if (old != 0)
        {
            Discard(old - 1);
        }

        return old == copy + 1 ? Errno.Exist : Result.Success;
    }

    /// <summary>Nothing comes of the copy.</summary>
    public static void Discard(int copy) => DomainStores.RemovePolicy(copy);

    // Nothing while nobody has said anything, and in the moment in which somebody says something else.
    private static ref CpuidTable Of(ref Domain domain) => ref DomainStores.PolicyAt(domain.PolicySlot - 1);

    /// <summary>The domain is gone.</summary>
    internal static void Release(ref Domain domain)
    {
        if (domain.PolicySlot != 0)
        {
            Discard(domain.PolicySlot - 1);
            domain.PolicySlot = 0;
        }
    }
}
