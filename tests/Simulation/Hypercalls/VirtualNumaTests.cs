using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Xunit;
using static Sharpen.Simulation.Hypercalls.ToolCalls;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>The nodes of memory that a toolstack says a domain has, as Xen 4.17 was seen to answer.</summary>
public sealed class VirtualNumaTests : IDisposable
{
    private const ulong Distances = List;
    private const ulong Vcpus = List + 0x40;
    private const ulong Hosts = List + 0x80;
    private const ulong Ranges = List + 0xc0;
    private const ulong Told = List + 0x200;
    private readonly ToolCalls _tools = new();
    private ushort _id;

    public VirtualNumaTests()
    {
        _id = ToolGuests.Create(_tools);
        Put(Distances, 10, 20, 20, 10);
        Put(Vcpus, 0, 1);
        Put(Hosts, 0, 0);
        Put(Ranges, 0, 0, 4 << 20, 0, 0, 0, 4 << 20, 0, 8 << 20, 0, 0, 1);
    }

    private static DomctlVirtualNuma TwoNodes =>
        new() { Nodes = 2, Ranges = 2, Vcpus = 2, Distances = Distances, NodesOfVcpus = Vcpus, HostNodes = Hosts, RangeList = Ranges };

    public void Dispose() => _tools.Dispose();

    [Fact]
    public void What_was_set_is_told()
    {
        Refused(Errno.OpNotSupp, Get(8, 8, 8));
        Assert.Equal(0, Set(TwoNodes));
        Assert.Equal(0, Get(8, 8, 8));
        Assert.Equal((2U, 2U, 2U), Counts());
        Assert.Equal([10, 20, 20, 10, 0xee], Taken(Told, 5));
        Assert.Equal([0, 1, 0xee], Taken(Told + 0x40, 3));
        Assert.Equal([0, 0, 4 << 20, 0, 0, 0, 4 << 20, 0, 8 << 20, 0, 0, 1, 0xee], Taken(Told + 0x80, 13));
        Put(Vcpus, 0, 0);
        Assert.Equal(0, Set(TwoNodes with { Nodes = 1, Ranges = 0 }));
        Assert.Equal(0, Get(1, 2, 0));
        Assert.Equal((1U, 2U, 0U), Counts());
        Assert.Equal([10, 0xee], Taken(Told, 2));
    }

    [Fact]
    public void Too_little_room_is_told_with_what_is_needed()
    {
        Assert.Equal(0, Set(TwoNodes));
        foreach ((uint nodes, uint vcpus, uint ranges) in ((uint, uint, uint)[])[(1, 8, 8), (8, 1, 8), (8, 8, 1), (0, 0, 0)])
        {
            Refused(Errno.NoBufs, Get(nodes, vcpus, ranges));
            Assert.Equal((2U, 2U, 2U), Counts());
            Assert.Equal([0xee], Taken(Told, 1));
        }
    }

    [Fact]
    public void Nonsense_is_refused_and_changes_nothing()
    {
        Assert.Equal(0, Set(TwoNodes));
        Refused(Errno.Inval, Set(TwoNodes with { Nodes = 0 }));
        Refused(Errno.Inval, Set(TwoNodes with { Nodes = 65 }));
        Refused(Errno.Inval, Set(TwoNodes with { Nodes = uint.MaxValue }));
        Refused(Errno.Inval, Set(TwoNodes with { Vcpus = 1 }));
        Refused(Errno.Inval, Set(TwoNodes with { Padding = 1 }));
        Refused(Errno.NoMem, Set(TwoNodes with { Ranges = uint.MaxValue }));
        foreach (ulong bad in (ulong[])[CallerWorld.Forbidden, ulong.MaxValue - 3])
        {
            Refused(Errno.Fault, Set(TwoNodes with { Distances = bad, Nodes = 1, Ranges = 0, NodesOfVcpus = Hosts }));
            Assert.Equal(0, Set(TwoNodes));
            Refused(Errno.Fault, Set(TwoNodes with { NodesOfVcpus = bad }));
            Refused(Errno.Fault, Set(TwoNodes with { HostNodes = bad }));
            Refused(Errno.Fault, Set(TwoNodes with { RangeList = bad }));
        }

        Put(Hosts, 0, 64);
        Refused(Errno.TooBig, Set(TwoNodes));
        Put(Hosts, 0, 63);
        Put(Vcpus, 0, 2);
        Refused(Errno.TooBig, Set(TwoNodes));
        Put(Vcpus, 1, 1);
        Put(Ranges + 40, 1);
        Refused(Errno.Inval, Set(TwoNodes));
        Assert.Equal(0, Get(8, 8, 8));
        Assert.Equal([0, 1], Taken(Told + 0x40, 2));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.SetVirtualNuma, 77, TwoNodes));
    }

    [Fact]
    public void Questions_that_cannot_be_answered_are_refused()
    {
        Assert.Equal(0, Set(TwoNodes));
        VnumaTopology question = new() { Domain = new DomainId(_id), Nodes = 8, Vcpus = 8, Ranges = 8, Distances = Told, NodeOfVcpu = Told, MemoryRanges = Told };
        Refused(Errno.Inval, Ask(question with { Padding = 1 }));
        Refused(Errno.Srch, Ask(question with { Domain = new DomainId(77) }));
        Refused(Errno.OpNotSupp, Ask(question with { Domain = new DomainId(0x7ff0) }));
        Refused(Errno.Fault, Ask(question with { Distances = CallerWorld.Forbidden }));
        Refused(Errno.Fault, Ask(question with { NodeOfVcpu = CallerWorld.Forbidden }));
        Refused(Errno.Fault, Ask(question with { MemoryRanges = ulong.MaxValue - 3 }));
        Refused(Errno.Fault, _tools.World.Call(Hypercall.MemoryOp, (ulong)MemoryCommand.GetVnumaInfo, CallerWorld.Forbidden));
        _tools.World.Domain.IsPrivileged = false;
        Refused(Errno.Perm, Ask(question));
        Refused(Errno.OpNotSupp, Ask(question with { Domain = new DomainId(1) }));
    }

    [Fact]
    public void Room_for_more_nodes_is_made_charged_and_given_back()
    {
        Live();
        ulong free = FreeFrames();
        Live();
        Live();
        Assert.Equal(free, FreeFrames());
    }

    // A page for two nodes, two for 32, and none less when it is two again.
    private void Live()
    {
        Put(Hosts, new uint[32]);
        ref Domain domain = ref DomainList.Find(new DomainId(_id));
        ulong before = domain.Owned.OverheadFrames;
        Assert.Equal(0, Set(TwoNodes with { Ranges = 0 }));
        Assert.Equal(before + 1, domain.Owned.OverheadFrames);
        Assert.Equal(0, Set(TwoNodes with { Nodes = 32, Ranges = 0, Distances = CallerWorld.Scratch - 0x1000 }));
        Assert.Equal(before + 2, domain.Owned.OverheadFrames);
        Assert.Equal(0, Set(TwoNodes with { Ranges = 0 }));
        Assert.Equal(before + 2, domain.Owned.OverheadFrames);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.DestroyDomain, _id, default(GuestWord)));
        _id = ToolGuests.Create(_tools);
    }

    private static ulong FreeFrames()
    {
        for (int turn = 0; turn < 4; turn++)
        {
            Quiescence.Leave();
            _ = DomainList.Trim();
            Quiescence.Enter();
        }

        return FrameAllocator.Statistics.FreeFrames;
    }

    private long Set(DomctlVirtualNuma numa) => _tools.Domctl(DomctlCommand.SetVirtualNuma, _id, numa);

    private long Get(uint nodes, uint vcpus, uint ranges)
    {
        Put(Told, 0xee, 0xee, 0xee, 0xee, 0xee);
        Put(Told + 0x40, 0xee, 0xee, 0xee);
        Put(Told + 0x80, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee);
        return Ask(new VnumaTopology { Domain = new DomainId(_id), Nodes = nodes, Vcpus = vcpus, Ranges = ranges, Distances = Told, NodeOfVcpu = Told + 0x40, MemoryRanges = Told + 0x80 });
    }

    private long Ask(VnumaTopology question) => _tools.World.CallWith(Hypercall.MemoryOp, (uint)MemoryCommand.GetVnumaInfo, question);

    private static (uint Nodes, uint Vcpus, uint Ranges) Counts()
    {
        VnumaTopology told = CallerWorld.Load<VnumaTopology>(CallerWorld.Scratch);
        return (told.Nodes, told.Vcpus, told.Ranges);
    }

    private static void Put(ulong address, params uint[] numbers)
    {
        for (int index = 0; index < numbers.Length; index++)
        {
            CallerWorld.Store(address + (4 * (ulong)(uint)index), numbers[index]);
        }
    }

    private static uint[] Taken(ulong address, int count)
    {
        uint[] numbers = new uint[count];
        for (int index = 0; index < count; index++)
        {
            numbers[index] = CallerWorld.Load<GuestHalfWord>(address + (4 * (ulong)(uint)index)).Value;
        }

        return numbers;
    }
}
