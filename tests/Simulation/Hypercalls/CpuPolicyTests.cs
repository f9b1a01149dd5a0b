using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Simulation;
using Xunit;
using static Sharpen.Simulation.Hypercalls.ToolCalls;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>What a domain is told of the CPU, as its toolstack makes it, by what Debian's Xen 4.17 answers.</summary>
public sealed class CpuPolicyTests : IDisposable
{
    private const uint None = uint.MaxValue;
    private readonly ToolCalls _tools = new();
    private readonly ushort _id;

    public CpuPolicyTests()
    {
        Dictionary<(uint Leaf, uint Subleaf), Cpuid> leaves = SimulatedMachine.Current.CpuidLeaves;
        leaves[(0, 0)] = new Cpuid(0xd, 0x68747541, 0x444d4163, 0x69746e65);
        leaves[(1, 0)] = new Cpuid(0x60fb1, 0x800, None, None);
        leaves[(7, 0)] = new Cpuid(0, 0x29, 0, 0);
        leaves[(0x8000_0000, 0)] = new Cpuid(0x8000_001f, 0x68747541, 0x444d4163, 0x69746e65);
        leaves[(0x8000_0001, 0)] = new Cpuid(0x60fb1, 0, 3, None);
        leaves[(0x8000_0008, 0)] = new Cpuid(0x3028, 0x1001, 0, 0);
        _id = ToolGuests.Create(_tools);
    }

    public void Dispose() => _tools.Dispose();

    private ref Domain Made => ref DomainList.Find(new DomainId(_id));

    [Fact]
    public void A_domain_is_told_what_its_toolstack_said_as_far_as_the_host_has_it()
    {
        Cpuid before = Ask(1);
        Assert.NotEqual(0U, before.Ecx & 1);
        Assert.Equal(0, Set(new CpuidLeaf { Leaf = 1, Subleaf = None, Eax = 0x601, Ebx = 0x12345678, Ecx = before.Ecx & ~1U, Edx = None }));
        Cpuid after = Ask(1);
        Assert.Equal((0x601U, 0x00340878U, before.Ecx & ~1U, before.Edx), (after.Eax, after.Ebx, after.Ecx, after.Edx));
        Assert.Equal(0, Set(new CpuidLeaf { Leaf = 7, Ebx = None, Ecx = None, Edx = None }));
        Assert.Equal((0x29U, 0U), (Ask(7).Ebx, Ask(7).Ecx));
        Assert.Equal(after.Ecx, Ask(1).Ecx);
        Assert.Equal(0, Set(new CpuidLeaf { Leaf = 0x8000_0002, Subleaf = None, Eax = 0x41414141 }));
        Assert.Equal(0x41414141U, Ask(0x8000_0002).Eax);
        Assert.Equal(0x4000_0005U, Ask(0x4000_0000).Eax);
    }

    [Fact]
    public void Without_a_feature_there_is_nothing_that_needs_it()
    {
        const uint Xsave = 1U << 26;
        const uint Avx = 1U << 28;
        Cpuid before = Ask(1);
        Assert.Equal(0, Set(new CpuidLeaf { Leaf = 1, Subleaf = None, Ecx = before.Ecx & ~Xsave, Edx = before.Edx }));
        Assert.Equal(0U, Ask(1).Ecx & (Xsave | Avx | (1U << 27) | (1U << 12) | (1U << 29)));
        Assert.Equal(0U, Ask(0xd).Eax);
        Assert.False(DomainPolicies.HasStates(ref Made, 1));
        Assert.Equal(0, Set(new CpuidLeaf { Leaf = 7, Ebx = None }));
        Assert.Equal(9U, Ask(7).Ebx);
    }

    [Fact]
    public void Fewer_leaves_hide_the_others()
    {
        Assert.Equal(0, Set(new CpuidLeaf { Leaf = 0, Subleaf = None, Eax = 1 }));
        Assert.Equal((1U, 0U), (Ask(0).Eax, Ask(7).Ebx));
        Assert.Equal(0, Set(new CpuidLeaf { Leaf = 0x8000_0000, Subleaf = None, Eax = 0x8000_0001 }));
        Assert.Equal((0x8000_0001U, 0U), (Ask(0x8000_0000).Eax, Ask(0x8000_0008).Eax));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetCpuPolicy, _id, new DomctlCpuPolicy { LeafCount = 120, RegisterCount = 2, Leaves = List, Registers = CallerWorld.Scratch + 0x1800 }));
        Assert.Equal(6U, DomctlResult<DomctlCpuPolicy>().LeafCount);
    }

    [Fact]
    public void A_refused_policy_changes_nothing_and_says_what_it_is_about()
    {
        Cpuid before = Ask(1);
        foreach ((uint leaf, uint subleaf, uint eax, Errno error) in new (uint, uint, uint, Errno)[]
        {
            (1, 0, 1, Errno.Range), (4, None, 1, Errno.Range), (4, 9, 1, Errno.Range), (7, 5, 1, Errno.Range), (0x15, None, 1, Errno.Range), (0x8000_0022, None, 1, Errno.Range),
            (0x4000_0001, None, 1, Errno.Range), (0xc000_0000, None, 1, Errno.Range), (None, None, 1, Errno.Range), (0xd, 63, 1, Errno.Range), (0, None, 0x20, Errno.Inval), (0x8000_0000, None, None, Errno.Inval),
        })
        {
            CallerWorld.Store(List, new CpuidLeaf { Leaf = 1, Subleaf = None });
            CallerWorld.Store(List + 24, new CpuidLeaf { Leaf = leaf, Subleaf = subleaf, Eax = eax });
            Refused(error, _tools.Domctl(DomctlCommand.SetCpuPolicy, _id, new DomctlCpuPolicy { LeafCount = 2, Leaves = List }));
            DomctlCpuPolicy told = DomctlResult<DomctlCpuPolicy>();
            Assert.Equal((leaf, subleaf, None), (told.BadLeaf, told.BadSubleaf, told.BadRegister));
            Assert.Equal(before.Eax, Ask(1).Eax);
        }

        foreach ((uint number, uint flags, ulong value, Errno error) in new (uint, uint, ulong, Errno)[]
        {
            (0xce, 0, 0, 0), (0x10a, 0, ulong.MaxValue, 0), (0xce, 0, 1, Errno.Inval), (0xce, 1, 0, Errno.Inval), (0x10, 0, 0, Errno.Range),
        })
        {
            CallerWorld.Store(List, new RegisterEntry { Number = number, Flags = flags, Value = value });
            Refused(error, _tools.Domctl(DomctlCommand.SetCpuPolicy, _id, new DomctlCpuPolicy { RegisterCount = 1, Registers = List }));
            Assert.Equal(error == 0 ? 0 : number, DomctlResult<DomctlCpuPolicy>().BadRegister);
        }

        Refused(Errno.TooBig, _tools.Domctl(DomctlCommand.SetCpuPolicy, _id, new DomctlCpuPolicy { LeafCount = 121, Leaves = List }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.SetCpuPolicy, _id, new DomctlCpuPolicy { LeafCount = 1, Leaves = CallerWorld.Forbidden }));
    }

    [Fact]
    public void A_domain_that_has_run_stays_what_it_is_and_its_policy_goes_with_it()
    {
        Assert.Equal(0, Set(new CpuidLeaf { Leaf = 1, Subleaf = None, Eax = 7 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.UnpauseDomain, _id, default(GuestWord)));
        Refused(Errno.Exist, Set(new CpuidLeaf { Leaf = 1, Subleaf = None }));
        Assert.Equal(7U, Ask(1).Eax);
        for (int turn = 0; turn < 5; turn++)
        {
            ushort other = ToolGuests.Create(_tools);
            CallerWorld.Store(List, new CpuidLeaf { Leaf = 1, Subleaf = None, Eax = 8 });
            Assert.Equal(0, _tools.Domctl(DomctlCommand.SetCpuPolicy, other, new DomctlCpuPolicy { LeafCount = 1, Leaves = List }));
            Assert.Equal(0, _tools.Domctl(DomctlCommand.DestroyDomain, other, default(GuestWord)));
        }
    }

    private long Set(CpuidLeaf leaf)
    {
        CallerWorld.Store(List, leaf);
        return _tools.Domctl(DomctlCommand.SetCpuPolicy, _id, new DomctlCpuPolicy { LeafCount = 1, Leaves = List });
    }

    private Cpuid Ask(uint leaf) => DomainPolicies.Query(ref Made, 0, leaf, 0);
}
