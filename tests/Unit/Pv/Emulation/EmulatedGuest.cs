using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Xunit;

namespace Sharpen.Unit.Pv.Emulation;

/// <summary>Domain 1 with one vCPU on the test's machine: all that emulation looks at, and no page tables.</summary>
internal static class EmulatedGuest
{
    public static void Create()
    {
        DomainId id = new(1);
        Assert.True(MemoryBoot.Initialise([new FrameRange(new Mfn(0x7_0000), 0x4000)]).Try(out _));
        Assert.True(DomainList.Initialise().Try(out _));
        Quiescence.Join();
        Quiescence.Enter();
        Assert.True(DomainList.Create(id).Try(out _));
        ref Domain domain = ref DomainList.Find(id);
        Assert.True(DomainList.AddVcpu(ref domain, 0).Try(out _));
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        Assert.True(domain.Shared.Allocate(held, id).Try(out _));
    }
}
