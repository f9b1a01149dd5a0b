using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Answers the highest page that a domain uses: what it says itself in its shared page. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: not the caller's.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.MaximumGpfn)]
public readonly struct MemoryMaximumGpfn : IHypercall<MemoryDomain>
{
    public static Answer Execute(ref Vcpu caller, ref MemoryDomain arguments)
    {
        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.Domain, out Errno error);
        return Refs.IsNull(ref domain) ? error : LastPage(ref domain);
    }

    private static long LastPage(ref Domain domain)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        ulong pages = domain.Shared.Exists ? SharedPages.Of(ref domain).Arch.MaxPfn : 0;
        return pages == 0 ? 0 : unchecked((long)(pages - 1));
    }
}
