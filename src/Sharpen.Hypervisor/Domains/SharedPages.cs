using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>The page that each domain shares with us. The guest writes it at any time: what is read there is read once and checked.</summary>
public static class SharedPages
{
    /// <summary>The domain's page; it exists from building to the end of teardown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref SharedInfo Of(ref Domain domain) => ref domain.Shared.As<SharedInfo>();

    /// <summary>Gives a domain in the making its page, with the time of day in it. ENOMEM; EEXIST: it has one.</summary>
    internal static Result Allocate(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        Result allocated = domain.Shared.Allocate(held, domain.Id);
        WallClock.Publish(in held, ref domain);
        domain.Owned.OverheadFrames += allocated.Try(out _) ? 1UL : 0;
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (!Refs.IsNull(ref vcpu))
            {
                VcpuInfos.Keep(ref domain, ref vcpu);
            }
        }

        return allocated;
    }
}
