using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Hypercalls;
using Sharpen.Hypervisor.Hypercalls.Table;
using Sharpen.Hypervisor.Memory;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Simulation.Core;
using Sharpen.Unit.Memory;
using Xunit;

namespace Sharpen.Unit.Hypercalls;

/// <summary>memory_op from a guest of 2048 pages, half of them mapped. What real Xen 4.17 answered to the same calls is what is expected.</summary>
public sealed class MemoryCallsTests : IDisposable
{
    private const ushort Self = (ushort)ReservedDomain.Self;
    private const ulong Arguments = KernelFile.Base + (900UL << 12);
    private const ulong List = KernelFile.Base + (902UL << 12);
    private const ulong Other = KernelFile.Base + (906UL << 12);
    private const ulong Unreachable = 8;
    private const ulong End = KernelFile.Base + (1024UL << 12);

    private static readonly DomainId s_id = new(7);
    private readonly MemoryWorld _world = new();
    private readonly ulong _free;

    public MemoryCallsTests()
    {
        MemoryWorld.BeginDomains();
        MemoryWorld.TouchForDomain();
        _free = MemoryWorld.Settle();
        Assert.True(DomainBuilder.Build(s_id, KernelFile.Make(), "memory=8M"u8).Try(out _));
        Domain.IsPrivileged = true;
        GuestCpu.Load(ref Caller.Context);
    }

    private static ref Domain Domain => ref DomainList.Find(s_id);

    private static ref Vcpu Caller => ref DomainList.VcpuOf(ref Domain, 0);

    private static long Pages => Do(MemoryCommand.CurrentReservation, new MemoryDomain { Domain = DomainId.Self });

    public void Dispose()
    {
        GuestCpu.Park(ref Caller.Context);
        DomainControl.Stop(ref Domain, ShutdownReason.PowerOff);
        Assert.Equal(_free, MemoryWorld.Settle());
        _world.Dispose();
    }

    [Fact]
    public void Frames_come_and_go_and_the_table_knows_their_pages()
    {
        Fill(List, 5000, 5001, 6000);
        Assert.Equal(3, Reserve(MemoryCommand.PopulatePhysmap, 3));
        Assert.Equal(2051, Pages);
        ulong[] frames = [Word(List), Word(List + 8), Word(List + 16)];
        Assert.Equal([5000UL, 5001, 6000], Array.ConvertAll(frames, frame => MachineToPhysical.PageOf(new Mfn(frame))));
        Assert.Equal(3, Reserve(MemoryCommand.DecreaseReservation, 3));
        Assert.Equal(0, Reserve(MemoryCommand.DecreaseReservation, 3));
        Assert.All(frames, frame => Assert.Equal(MachineToPhysical.Nobodys, MachineToPhysical.PageOf(new Mfn(frame))));
        Assert.Equal(1, Reserve(MemoryCommand.IncreaseReservation, 1, order: 9));
        Assert.Equal(2048 + 512, Pages);
        Assert.Equal(0UL, Word(List) % 512);
        Assert.Equal(2, Reserve(MemoryCommand.IncreaseReservation, 2, list: 0));
        Assert.Equal(2048 + 514, Pages);
    }

    [Theory]
    [InlineData(List, 0UL, 0U, 0U, Self)]
    [InlineData(List, 1UL << 26, 0U, 0U, Self)]
    [InlineData(List, ulong.MaxValue, 0U, 0U, Self)]
    [InlineData(List, 1UL, 19U, 0U, Self)]
    [InlineData(List, 1UL, uint.MaxValue, 0U, Self)]
    [InlineData(List, 1UL, 0U, 1U, Self)]
    [InlineData(List, 1UL, 0U, 12U, Self)]
    [InlineData(List, 1UL, 0U, 13U, Self)]
    [InlineData(List, 1UL, 0U, 0x0002_0600U, Self)]
    [InlineData(List, 1UL, 0U, 0x0001_0000U, Self)]
    [InlineData(List, 1UL, 0U, 0U, 5)]
    [InlineData(List, 1UL, 0U, 0U, 0x7ff1)]
    [InlineData(List, 1UL, 0U, 0U, 0xffff)]
    [InlineData(Unreachable, 1UL, 0U, 0U, Self)]
    [InlineData(0xffff_8300_0000_0000UL, 1UL, 0U, 0U, Self)]
    [InlineData(ulong.MaxValue - 7, 2UL, 0U, 0U, Self)]
    public void What_makes_no_sense_gives_nothing(ulong list, ulong count, uint order, uint flags, ushort domain)
    {
        Fill(List, 5000);
        Assert.Equal(0, Reserve(MemoryCommand.PopulatePhysmap, count, order, list, flags, domain));
        Assert.Equal(2048, Pages);
    }

    [Theory]
    [InlineData(MemoryCommand.PopulatePhysmap)]
    [InlineData(MemoryCommand.IncreaseReservation)]
    public void A_list_that_ends_in_the_middle_counts_what_was_done(MemoryCommand command)
    {
        Assert.Equal(3, Reserve(command, 10, list: End - 24));
        Assert.Equal(2051, Pages);
        Assert.Equal(3, Reserve(MemoryCommand.DecreaseReservation, 10, list: End - 24));
        Assert.Equal(2048, Pages);
    }

    [Fact]
    public void A_domain_gets_no_more_than_it_may_have()
    {
        Domain.Memory.Limit = 2050;
        Assert.Equal(2050, Do(MemoryCommand.MaximumReservation, new MemoryDomain { Domain = s_id }));
        Assert.Equal(2, Reserve(MemoryCommand.IncreaseReservation, 10));
        Assert.Equal(2050, Pages);
        Domain.Memory.Limit = 100;
        Assert.Equal(0, Reserve(MemoryCommand.IncreaseReservation, 1));
    }

    [Fact]
    public void Many_extents_are_done_in_pieces()
    {
        for (ulong index = 0; index < 1500; index++)
        {
            Fill(List + (index * 8), 10_000 + index);
        }

        Assert.Equal(1500, Reserve(MemoryCommand.PopulatePhysmap, 1500));
        Assert.InRange(s_turns, 3, 10);
        for (ulong index = 0; index < 1500; index++)
        {
            Assert.Equal(10_000 + index, MachineToPhysical.PageOf(new Mfn(Word(List + (index * 8)))));
        }

        Assert.Equal(1500, Reserve(MemoryCommand.DecreaseReservation, 1500));
        Assert.Equal(2048, Pages);
    }

    [Fact]
    public void Where_to_go_on_may_be_anything()
    {
        Fill(List, 5000, 5001, 5002);
        Poke(Arguments, new MemoryReservation { ExtentStart = List, Extents = 3, Domain = DomainId.Self });
        Assert.Equal(3, Call((ulong)MemoryCommand.PopulatePhysmap | (2 << 6), Arguments));
        Assert.Equal((5000UL, 5001UL), (Word(List), Word(List + 8)));
        Assert.Equal(9, Call((ulong)MemoryCommand.PopulatePhysmap | (9 << 6), Arguments));
        Assert.Equal((long)(ulong.MaxValue >> 6), Call((ulong)MemoryCommand.PopulatePhysmap | (ulong.MaxValue << 6), Arguments));
        Assert.Equal(4, Call((ulong)MemoryCommand.PopulatePhysmap | (4 << 6), Unreachable));
        Assert.Equal(2049, Pages);
    }

    [Fact]
    public void A_frame_given_back_counts_until_nobody_maps_it()
    {
        ulong page = KernelFile.Base + (950UL << 12);
        Fill(List, FrameAt(page).Value);
        Assert.Equal(1, Reserve(MemoryCommand.DecreaseReservation, 1));
        Assert.Equal(2048, Pages);
        Assert.Equal(0, Reserve(MemoryCommand.DecreaseReservation, 1));
        Assert.Equal(0, Call(Hypercall.UpdateVaMapping, page, 0, 2));
        Assert.Equal(2047, Pages);
    }

    [Fact]
    public void Page_tables_are_not_given_back()
    {
        Fill(List, GuestCpu.RootOf(in Caller.Context).Value);
        Assert.Equal(0, Reserve(MemoryCommand.DecreaseReservation, 1));
        Assert.Equal(-(long)Errno.Inval, Exchange(1, 0, 1, 0));
    }

    [Fact]
    public void Who_dies_keeps_its_number_until_others_let_go_what_it_gave_back()
    {
        DomainId id = new(9);
        Assert.True(DomainBuilder.Build(id, KernelFile.Make(), "memory=8M"u8).Try(out _));
        Mfn frame = DomainList.Find(id).Memory.Last;
        Assert.True(FrameRef<Untyped>.Hold(frame, id, out FrameRef<Untyped> held).Try(out _));
        Fill(List, frame.Value);
        Assert.Equal(1, Reserve(MemoryCommand.DecreaseReservation, 1, domain: id.Value));
        DomainControl.Stop(ref DomainList.Find(id), ShutdownReason.PowerOff);
        MemoryWorld.Settle();
        Assert.Equal(Errno.Exist, DomainList.Create(id).Error);
        Assert.Equal(1, Do(MemoryCommand.CurrentReservation, new MemoryDomain { Domain = id }));
        held.Dispose();
        MemoryWorld.Settle();
        Assert.True(Refs.IsNull(ref DomainList.Find(id)));
    }

    [Fact]
    public void An_exchange_gives_blocks_for_frames_and_back()
    {
        for (ulong index = 0; index < 16; index++)
        {
            Fill(List + (index * 8), 5000 + index);
        }

        Assert.Equal(16, Reserve(MemoryCommand.PopulatePhysmap, 16));
        ulong old = Word(List);
        Fill(Other, 7000, 7008);
        Assert.Equal(0, Exchange(16, 0, 2, 3));
        Assert.Equal(16UL, Peek<MemoryExchange>(Arguments).Exchanged);
        Assert.Equal(MachineToPhysical.Nobodys, MachineToPhysical.PageOf(new Mfn(old)));
        Assert.Equal(0UL, Word(Other) % 8);
        Assert.Equal(7015UL, MachineToPhysical.PageOf(new Mfn(Word(Other + 8) + 7)));
        Assert.Equal(2048 + 16, Pages);
        Fill(List, Word(Other), Word(Other + 8));
        Assert.Equal(0, Exchange(2, 3, 16, 0));
        Assert.Equal(2048 + 16, Pages);
    }

    [Fact]
    public void An_exchange_that_fails_has_not_happened_and_says_how_far_it_came()
    {
        Fill(List, 5000, 5001, 5002, 5003);
        Assert.Equal(4, Reserve(MemoryCommand.PopulatePhysmap, 4));
        ulong third = Word(List + 16);
        Fill(List + 24, 3);
        Fill(Other, 6000, 6001, 6002, 6003);
        Assert.Equal(-(long)Errno.Inval, Exchange(4, 0, 4, 0));
        Assert.Equal(3UL, Peek<MemoryExchange>(Arguments).Exchanged);
        Assert.Equal(6003UL, Word(Other + 24));
        Fill(List, Word(Other), Word(Other + 8), Word(Other + 16), 3);
        Assert.NotEqual(third, Word(List + 16));
        Fill(Other, 6100);
        Assert.Equal(-(long)Errno.Inval, Exchange(4, 0, 1, 2));
        Assert.Equal(6000UL, MachineToPhysical.PageOf(new Mfn(Word(List))));
        Assert.Equal(-(long)Errno.Fault, Exchange(1, 0, 1, 0, wanted: Unreachable));
        Assert.Equal(-(long)Errno.Fault, Exchange(1, 0, 1, 0, given: Unreachable));
        FrameAllocator.FailEvery(1);
        Assert.Equal(-(long)Errno.NoMem, Exchange(1, 0, 1, 0));
        FrameAllocator.FailEvery(0);
        Assert.Equal(-(long)Errno.NoMem, Exchange(1, 0, 1, 0, flags: 13));
        Assert.Equal(2048 + 4, Pages);
        Assert.Equal(3, Reserve(MemoryCommand.DecreaseReservation, 4));
    }

    [Theory]
    [InlineData(1UL, 0U, 2UL, 0U, Self, Self, 0UL, Errno.Inval)]
    [InlineData(1UL, 0U, 1UL, 0U, Self, 7, 0UL, Errno.Inval)]
    [InlineData(1UL, 0U, 1UL, 0U, Self, Self, 2UL, Errno.Inval)]
    [InlineData(1UL, 0U, 1UL, 0U, 5, 5, 0UL, Errno.Srch)]
    [InlineData(1UL, 19U, 1UL, 19U, Self, Self, 0UL, Errno.Perm)]
    [InlineData(1UL, 64U, 1UL, 64U, Self, Self, 0UL, Errno.Perm)]
    [InlineData(1UL << 46, 18U, 1UL << 46, 18U, Self, Self, 0UL, Errno.Inval)]
    [InlineData(ulong.MaxValue, 0U, ulong.MaxValue, 0U, Self, Self, 0UL, Errno.Fault)]
    [InlineData(0UL, 0U, 0UL, 0U, Self, Self, 0UL, Errno.None)]
    [InlineData(1UL, 0U, 1UL, 0U, Self, Self, 1UL, Errno.None)]
    public void An_exchange_that_makes_no_sense_is_refused(ulong inCount, uint inOrder, ulong outCount, uint outOrder, ushort from, ushort to, ulong done, Errno error)
    {
        Poke(Arguments, new MemoryExchange
        {
            In = new() { ExtentStart = List, Extents = inCount, ExtentOrder = inOrder, Domain = new(from) },
            Out = new() { ExtentStart = Other, Extents = outCount, ExtentOrder = outOrder, Domain = new(to) },
            Exchanged = done,
        });
        Assert.Equal(-(long)error, Call((ulong)MemoryCommand.Exchange, Arguments));
    }

    [Fact]
    public void Claimed_memory_is_kept_from_others()
    {
        ulong free = MemoryWorld.FreeFrames;
        Assert.Equal(-(long)Errno.Inval, Claim(2048));
        Assert.Equal(-(long)Errno.NoMem, Claim(2048 + free + 1));
        Assert.Equal(0, Claim(2048 + free));
        Assert.Equal(-(long)Errno.Inval, Claim(2048 + 2));
        Assert.False(DomainBuilder.Build(new(9), KernelFile.Make(), "memory=8M"u8).Try(out _));
        Assert.Equal(1, Reserve(MemoryCommand.IncreaseReservation, 1));
        Assert.Equal(0, Claim(0));
        Assert.Equal(0, Claim(2048 + 10));
        Assert.Equal(1, Reserve(MemoryCommand.IncreaseReservation, 1, order: 9));
        Assert.Equal(0, Claim(2048 + 600));
        Domain.IsPrivileged = false;
        Assert.Equal(-(long)Errno.Perm, Claim(0));
        MemoryWorld.Settle();
    }

    [Fact]
    public void A_memory_map_is_what_was_set_and_none_when_it_could_not_be_read()
    {
        MemoryMapBuffer room = new() { Entries = 8, Buffer = Other };
        Assert.Equal(-(long)Errno.NoSys, Do(MemoryCommand.MemoryMap, room));
        Poke(List, new MapEntry { Start = 0, Bytes = 0x80_0000, Kind = 1 });
        Poke(List + 20, new MapEntry { Start = 1UL << 32, Bytes = 0x1000, Kind = 2 });
        Assert.Equal(0, Do(MemoryCommand.SetMemoryMap, new ForeignMemoryMap { Domain = s_id, Map = new() { Entries = 2, Buffer = List } }));
        Assert.Equal(0, Do(MemoryCommand.MemoryMap, room));
        Assert.Equal(2U, Peek<MemoryMapBuffer>(Arguments).Entries);
        Assert.Equal(1UL << 32, Peek<MapEntry>(Other + 20).Start);
        Assert.Equal(-(long)Errno.Inval, Do(MemoryCommand.SetMemoryMap, new ForeignMemoryMap { Domain = s_id, Map = new() { Entries = 1025, Buffer = List } }));
        Assert.Equal(-(long)Errno.Srch, Do(MemoryCommand.SetMemoryMap, new ForeignMemoryMap { Domain = new(5), Map = new() { Entries = 1, Buffer = List } }));
        Assert.Equal(0, Do(MemoryCommand.MemoryMap, room with { Entries = 1 }));
        Assert.Equal(-(long)Errno.Fault, Do(MemoryCommand.SetMemoryMap, new ForeignMemoryMap { Domain = s_id, Map = new() { Entries = 2, Buffer = End - 20 } }));
        Assert.Equal(-(long)Errno.NoSys, Do(MemoryCommand.MemoryMap, room));
    }

    [Fact]
    public void The_host_is_described_to_who_may_know()
    {
        HostMap.Append(0, 0x9fc00, 1);
        HostMap.Append(0x7000_0000, 0x1000_0000, 1);
        HostMap.Append(0xffff_0000, 0x1_0000, 2);
        HostMap.Reserve(0xfee0_0000, 0x10_0000);
        HostMap.Reserve(0x7000_1000, 0x1000);
        HostMap.Reserve(0xfff0_0000, 0x10_0000);
        Assert.Equal(0, Do(MemoryCommand.MachineMemoryMap, new MemoryMapBuffer { Entries = 9, Buffer = Other }));
        Assert.Equal(4U, Peek<MemoryMapBuffer>(Arguments).Entries);
        Assert.Equal(0xfee0_0000UL, Peek<MapEntry>(Other + 40).Start);
        Assert.Equal(-(long)Errno.Inval, Do(MemoryCommand.MachineMemoryMap, new MemoryMapBuffer { Entries = 3, Buffer = Other }));
        Assert.Equal(0, Do(MemoryCommand.MachineMemoryMap, default(MemoryMapBuffer)));
        Assert.Equal(-(long)Errno.Fault, Do(MemoryCommand.MachineMemoryMap, new MemoryMapBuffer { Entries = 9, Buffer = End - 20 }));
        Assert.Equal(0x8_0000, Call((ulong)MemoryCommand.MaximumRamPage, 0));
        Assert.Equal(0, Call((ulong)MemoryCommand.MachinePhysicalMapping, Arguments));
        Assert.Equal(0x7_ffffUL, Peek<MachinePhysicalMapping>(Arguments).MaxMfn);
        Assert.Equal(0, Do(MemoryCommand.MachinePhysicalList, new MachinePhysicalList { MaxExtents = 8, ExtentStart = Other }));
        Assert.Equal(2U, Peek<MachinePhysicalList>(Arguments).Extents);
        Assert.Equal([0UL, MachineToPhysical.Part(1).Value], [Word(Other), Word(Other + 8)]);
        Domain.IsPrivileged = false;
        Assert.Equal(-(long)Errno.Perm, Do(MemoryCommand.MachineMemoryMap, default(MemoryMapBuffer)));
    }

    [Fact]
    public void Every_command_refuses_what_it_cannot_read_and_survives_anything()
    {
        Random random = new(12);
        byte[] noise = new byte[128];
        for (int turn = 0; turn < 4000; turn++)
        {
            random.NextBytes(noise);
            noise.AsSpan().Slice(random.Next(64)).Clear();
            for (int field = 0; field < 16; field++)
            {
                Span<byte> word = noise.AsSpan(field * 8, 8);
                _ = random.Next(6) switch
                {
                    0 => BitConverter.TryWriteBytes(word, List + (ulong)random.Next(64)),
                    1 => BitConverter.TryWriteBytes(word, (ulong)random.Next(20)),
                    2 => BitConverter.TryWriteBytes(word, (ulong)Self | ((ulong)random.Next(4) << 32)),
                    3 => BitConverter.TryWriteBytes(word, FrameAt(List).Value + (ulong)random.Next(40)),
                    _ => true,
                };
            }

            Assert.True(GuestMemory.WriteBytes(new GuestLinear(Arguments), noise).Try(out _));
            Assert.True(GuestMemory.WriteBytes(new GuestLinear(List), noise).Try(out _));
            ulong command = (ulong)(uint)random.Next(32) | ((ulong)(uint)(random.Next(8) == 0 ? random.Next() : 0) << 6);
            Call(command, random.Next(16) == 0 ? End - (ulong)random.Next(64) : Arguments);
        }
    }

    private static int s_turns;

    private static Mfn FrameAt(ulong address)
    {
        Assert.True(GuestTables.TryTranslate(GuestCpu.RootOf(in Caller.Context), address, out Mfn frame, out _));
        return frame;
    }

    private static void Fill(ulong address, params ulong[] words)
    {
        for (int index = 0; index < words.Length; index++)
        {
            Poke(address + ((ulong)(uint)index * 8), new GuestWord(words[index]));
        }
    }

    private static ulong Word(ulong address) => Peek<GuestWord>(address).Value;

    private static void Poke<T>(ulong address, T value)
        where T : unmanaged, IAbiData
    {
        Assert.True(GuestHandle<T>.From(address).Try(out GuestHandle<T> place, out _));
        Assert.True(GuestMemory.Write(place, value).Try(out _));
    }

    private static T Peek<T>(ulong address)
        where T : unmanaged, IAbiData
    {
        Assert.True(GuestHandle<T>.From(address).Try(out GuestHandle<T> place, out _));
        Assert.True(GuestMemory.Read(place).Try(out T value, out _));
        return value;
    }

    private static long Reserve(MemoryCommand command, ulong count, uint order = 0, ulong list = List, uint flags = 0, ushort domain = Self) =>
        Do(command, new MemoryReservation { ExtentStart = list, Extents = count, ExtentOrder = order, Flags = flags, Domain = new(domain) });

    private static long Claim(ulong frames) => Do(MemoryCommand.ClaimPages, new MemoryReservation { Extents = frames, Domain = s_id });

    private static long Exchange(ulong inCount, uint inOrder, ulong outCount, uint outOrder, ulong given = List, ulong wanted = Other, uint flags = 0) =>
        Do(MemoryCommand.Exchange, new MemoryExchange
        {
            In = new() { ExtentStart = given, Extents = inCount, ExtentOrder = inOrder, Domain = DomainId.Self },
            Out = new() { ExtentStart = wanted, Extents = outCount, ExtentOrder = outOrder, Flags = flags, Domain = DomainId.Self },
        });

    private static long Do<T>(MemoryCommand command, T arguments)
        where T : unmanaged, IAbiData
    {
        Assert.True(Unsafe.SizeOf<T>() <= 4096);
        Poke(Arguments, arguments);
        return Call((ulong)command, Arguments);
    }

    private static long Call(ulong command, ulong arguments) => Call(Hypercall.MemoryOp, command, arguments, 0);

    private static long Call(Hypercall number, ulong first, ulong second, ulong third)
    {
        for (s_turns = 1; s_turns < 1000; s_turns++)
        {
            CpuUserRegisters registers = new() { Rax = (ulong)number, Rdi = first, Rsi = second, Rdx = third };
            Answer answer = HypercallTable.Dispatch(ref Caller, in HypercallArguments.Of(in registers));
            if (answer.Kind == AnswerKind.Value)
            {
                return answer.Value;
            }

            first = answer.Kind == AnswerKind.Continue ? answer.First : first;
        }

        throw new InvalidOperationException("never done");
    }
}
