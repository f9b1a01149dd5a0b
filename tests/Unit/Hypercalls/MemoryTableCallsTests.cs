using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Hypercalls;
using Sharpen.Hypervisor.Hypercalls.Table;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Simulation.Core;
using Sharpen.Unit.Memory;
using Xunit;

namespace Sharpen.Unit.Hypercalls;

/// <summary>mmu_update, mmuext_op and update_va_mapping, from a guest that was built and runs on its first tables.</summary>
public sealed class MemoryTableCallsTests : IDisposable
{
    private const ulong Self = (ulong)ReservedDomain.Self;
    private const ulong List = KernelFile.Base + (900UL << 12);
    private const ulong Done = KernelFile.Base + (901UL << 12);
    private const ulong Page = KernelFile.Base + (902UL << 12);

    private static readonly DomainId s_id = new(7);
    private readonly MemoryWorld _world = new();
    private readonly ulong _free;

    public MemoryTableCallsTests()
    {
        MemoryWorld.BeginDomains();
        MemoryWorld.TouchForDomain();
        _free = MemoryWorld.Settle();
        Assert.True(DomainBuilder.Build(s_id, KernelFile.Make(), "memory=8M"u8).Try(out _));
        GuestCpu.Load(ref Caller.Context);
    }

    private static ref Vcpu Caller => ref DomainList.VcpuOf(ref DomainList.Find(s_id), 0);

    private static Mfn Root => GuestCpu.RootOf(in Caller.Context);

    public void Dispose()
    {
        GuestCpu.Park(ref Caller.Context);
        DomainControl.Stop(ref DomainList.Find(s_id), ShutdownReason.PowerOff);
        Assert.Equal(_free, MemoryWorld.Settle());
        _world.Dispose();
    }

    [Fact]
    public void The_first_root_is_pinned_and_can_be_let_go_and_taken_again()
    {
        Assert.Equal(0, Extended(MmuExtendedCommand.UnpinTable, Root.Value));
        Assert.Equal(-(long)Errno.Inval, Extended(MmuExtendedCommand.UnpinTable, Root.Value));
        Assert.Equal(-(long)Errno.Inval, Extended(MmuExtendedCommand.PinL3Table, Root.Value));
        Assert.Equal(0, Extended(MmuExtendedCommand.PinL4Table, Root.Value));
        Assert.Equal(0, Extended(MmuExtendedCommand.NewBasePointer, Root.Value));
        Assert.Equal(0, Extended(MmuExtendedCommand.NewUserBasePointer, Root.Value));
        Assert.True(GuestCpu.HasUserRoot(in Caller.Context));
        Assert.Equal(0, Extended(MmuExtendedCommand.NewUserBasePointer, 0));
        Assert.False(GuestCpu.HasUserRoot(in Caller.Context));
        Assert.Equal(-(long)Errno.Inval, Extended(MmuExtendedCommand.NewBasePointer, FrameAt(Page).Value));
        Assert.Equal(-(long)Errno.Inval, Extended(MmuExtendedCommand.NewBasePointer, 0));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    public void Frames_that_are_nobodys_are_refused(ulong frame)
    {
        foreach (MmuExtendedCommand command in new[] { MmuExtendedCommand.PinL1Table, MmuExtendedCommand.UnpinTable, MmuExtendedCommand.ClearPage, MmuExtendedCommand.CopyPage })
        {
            Assert.Equal(-(long)Errno.Inval, Extended(command, frame));
        }

        Assert.Equal(-(long)Errno.Inval, Update(frame << 12, 0));
    }

    [Fact]
    public void A_list_stops_at_the_first_refusal_and_says_how_far_it_came()
    {
        Poke(List, new MmuExtendedOp { Command = MmuExtendedCommand.TlbFlushAll });
        Poke(List + 24, new MmuExtendedOp { Command = (MmuExtendedCommand)21 });
        Poke(List + 48, new MmuExtendedOp { Command = MmuExtendedCommand.TlbFlushLocal });
        Assert.Equal(-(long)Errno.NoSys, Call(Hypercall.MmuExtendedOp, List, 3, Done, Self));
        Assert.Equal(1U, Peek<DoneCount>(Done).Value);
        Assert.Equal(0, Call(Hypercall.MmuExtendedOp, List, 0, Done, Self));
        Assert.Equal(0U, Peek<DoneCount>(Done).Value);
    }

    [Theory]
    [InlineData(0xffff_8000_0000_0000UL, 1UL, 0UL, Self, Errno.Fault)]
    [InlineData(0UL, 1UL, 0UL, Self, Errno.Fault)]
    [InlineData(ulong.MaxValue, 0x7fff_ffffUL, 0UL, Self, Errno.Fault)]
    [InlineData(List, 0UL, 0x10UL, Self, Errno.Fault)]
    [InlineData(List, 0x8000_0001UL, 0x10UL, Self, Errno.Fault)]
    [InlineData(List, 1UL, 0UL, 9UL, Errno.Srch)]
    [InlineData(List, 1UL, 0UL, 3UL, Errno.Srch)]
    [InlineData(List, 1UL, 0UL, 0x7ff2UL, Errno.Perm)]
    [InlineData(List, 1UL, 0UL, 0x7ff4UL, Errno.Srch)]
    public void Arguments_that_make_no_sense_change_nothing(ulong list, ulong count, ulong done, ulong whose, Errno error)
    {
        Assert.Equal(-(long)error, Call(Hypercall.MmuUpdate, list, count, done, whose));
        Assert.Equal(-(long)error, Call(Hypercall.MmuExtendedOp, list, count, done, whose));
    }

    [Theory]
    [InlineData(Hypercall.MmuUpdate, 9UL)]
    [InlineData(Hypercall.MmuUpdate, Self | (10UL << 16))]
    [InlineData(Hypercall.MmuExtendedOp, 9UL)]
    public void Who_asks_about_a_domain_that_is_gone_is_told_that_nothing_was_done(Hypercall call, ulong whose)
    {
        Poke(Done, new DoneCount { Value = 77 });
        Assert.Equal(-(long)Errno.Srch, Call(call, List, 1, Done, whose));
        Assert.Equal(0U, Peek<DoneCount>(Done).Value);
    }

    [Fact]
    public void Tables_are_the_callers_pages_may_be_another_domains()
    {
        const ulong Io = (ulong)ReservedDomain.Io;
        ulong own = (FrameAt(Page).Value << 12) | 0x67;
        Poke(List, new MmuUpdate { Address = (FrameAt(Page).Value << 12) + 8, Value = 78 });
        Assert.Equal(-(long)Errno.Srch, Call(Hypercall.MmuUpdate, List, 1, 0, Self | (10UL << 16)));
        Assert.Equal(0, Call(Hypercall.MmuUpdate, List, 1, 0, Self | (((ulong)s_id.Value + 1) << 16)));
        Assert.Equal(-(long)Errno.Busy, Call(Hypercall.UpdateVaMappingOtherDomain, Page, own, 0, Io));
        Assert.Equal(-(long)Errno.Perm, Call(Hypercall.UpdateVaMappingOtherDomain, Page, 0xa_0067, 0, Io));
        Assert.Equal(-(long)Errno.Srch, Call(Hypercall.UpdateVaMappingOtherDomain, Page, own, 0, 9));
        Assert.Equal(-(long)Errno.Srch, Call(Hypercall.UpdateVaMappingOtherDomain, Page, own, 0, s_id.Value));
        Assert.Equal(0, Call(Hypercall.UpdateVaMappingOtherDomain, Page, own, 0, Self));
        DomainList.Find(s_id).IsPrivileged = true;
        Assert.Equal(-(long)Errno.Perm, Call(Hypercall.UpdateVaMappingOtherDomain, Page, 0xa_0067, 0, Io));
        Assert.True(IoPermissions.GiveHardware(ref DomainList.Find(s_id)).Try(out _));
        Assert.Equal(-(long)Errno.Perm, Call(Hypercall.UpdateVaMappingOtherDomain, Page, 0xa_0067, 0, (ulong)ReservedDomain.Xen));
        Assert.Equal(0, Call(Hypercall.UpdateVaMappingOtherDomain, Page, 0xa_0067, 0, Io));
        Assert.Equal(0, Call(Hypercall.UpdateVaMappingOtherDomain, Page, own, 0, Self));
        DomainList.Find(s_id).IsPrivileged = false;
    }

    [Fact]
    public void Tables_may_be_another_domains_whom_the_caller_controls()
    {
        DomainId other = new(9);
        Assert.True(DomainBuilder.Build(other, KernelFile.Make(), "memory=8M"u8).Try(out _));
        ref Domain domain = ref DomainList.Find(other);
        Mfn root = GuestCpu.RootOf(in DomainList.VcpuOf(ref domain, 0).Context);
        Assert.True(GuestTables.TryTranslate(root, Page, out Mfn page, out _));
        Assert.True(GuestTables.TryTranslate(root, Page + 4096, out Mfn second, out _));
        Assert.True(GuestTables.TryFindEntry(root, Page, out Mfn table, out int index));
        ulong tables = ((ulong)other.Value + 1) << 16;
        MmuUpdate entry = new() { Address = (table.Value << 12) + ((ulong)index * 8), Value = (second.Value << 12) | 0x67 };
        Poke(List, entry);
        Assert.Equal(-(long)Errno.Perm, Call(Hypercall.MmuUpdate, List, 1, 0, Self | tables));
        DomainList.Find(s_id).IsPrivileged = true;
        Assert.Equal(-(long)Errno.Inval, Call(Hypercall.MmuUpdate, List, 1, 0, Self));
        Assert.Equal(-(long)Errno.Inval, Call(Hypercall.MmuUpdate, List, 1, 0, other.Value));
        Assert.Equal(-(long)Errno.Srch, Call(Hypercall.MmuUpdate, List, 1, 0, s_id.Value | tables));
        Assert.Equal(-(long)Errno.Srch, Call(Hypercall.MmuUpdate, List, 1, 0, 0x123 | tables));
        Assert.Equal(0, Call(Hypercall.MmuUpdate, List, 1, 0, Self | tables));
        Assert.True(GuestTables.TryTranslate(root, Page, out Mfn now, out _) && now == second);
        Poke(List, entry with { Value = (page.Value << 12) | 0x67 });
        Assert.Equal(0, Call(Hypercall.MmuUpdate, List, 1, 0, other.Value | tables));
        Poke(List, entry with { Value = (root.Value << 12) | 0x67 });
        Assert.Equal(-(long)Errno.Busy, Call(Hypercall.MmuUpdate, List, 1, 0, other.Value | tables));
        Poke(List, entry with { Value = (FrameAt(Page).Value << 12) | 0x67 });
        Assert.Equal(-(long)Errno.Busy, Call(Hypercall.MmuUpdate, List, 1, 0, other.Value | tables));
        Poke(List, new MmuUpdate { Address = (page.Value << 12) | 1, Value = 7 });
        Assert.Equal(-(long)Errno.Perm, Call(Hypercall.MmuUpdate, List, 1, 0, other.Value | tables));
        Assert.Equal(0, Call(Hypercall.MmuUpdate, List, 1, 0, other.Value));
        DomainControl.Stop(ref domain, ShutdownReason.PowerOff);
        Assert.Equal(-(long)Errno.Srch, Call(Hypercall.MmuUpdate, List, 1, 0, Self | tables));
        DomainList.Find(s_id).IsPrivileged = false;
    }

    [Fact]
    public void Flushes_name_vcpus_by_a_bitmap_that_must_be_there()
    {
        ulong own = (FrameAt(Page).Value << 12) | 0x67;
        foreach (ulong flags in new ulong[] { 0, 3, 4, 5, 6, 1 | List, 2 | List })
        {
            Assert.Equal(0, Call(Hypercall.UpdateVaMapping, Page, own, flags));
        }

        Assert.Equal(-(long)Errno.Fault, Call(Hypercall.UpdateVaMapping, Page, own, 1 | 0x7000_0000_0000_0000));
        Assert.Equal(-(long)Errno.Fault, Call(Hypercall.UpdateVaMapping, Page, own, 2 | 0x10));
        Assert.Equal(-(long)Errno.Inval, Extended(MmuExtendedCommand.TlbFlushMulti, 0));
        Poke(List, new MmuExtendedOp { Command = MmuExtendedCommand.InvalidateMulti, Second = Done });
        Assert.Equal(0, Call(Hypercall.MmuExtendedOp, List, 1, 0, Self));
        Assert.Equal(-(long)Errno.Acces, Extended(MmuExtendedCommand.FlushCache, 0));
        Assert.Equal(-(long)Errno.OpNotSupp, Extended(MmuExtendedCommand.UnmarkSuper, 0));
        Assert.Equal(-(long)Errno.NoSys, Extended((MmuExtendedCommand)14, 0));
    }

    [Fact]
    public void An_update_reaches_tables_and_pages_but_nothing_of_ours()
    {
        Mfn page = FrameAt(Page);
        Assert.Equal(0, Update((page.Value << 12) + 8, 77));
        Assert.Equal(77UL, BitConverter.ToUInt64(MemoryWorld.BytesOf(page)[8..]));
        Assert.Equal(-(long)Errno.NoSys, Update((page.Value << 12) + 4, 77));
        Assert.Equal(-(long)Errno.Inval, Update((Root.Value << 12) + (AddressSpace.FirstSlot * 8UL), 0));
        Assert.Equal(-(long)Errno.Inval, Call(Hypercall.UpdateVaMapping, 0xffff_8000_0000_0000, 0));
        Assert.Equal(-(long)Errno.Inval, Call(Hypercall.UpdateVaMapping, Page, (page.Value << 12) | 0xe7));
        Assert.Equal(-(long)Errno.Busy, Call(Hypercall.UpdateVaMapping, Page, (Root.Value << 12) | 0x67));
        Assert.Equal(0, Call(Hypercall.UpdateVaMapping, Page, 0, 2));
        Assert.False(GuestTables.TryTranslate(Root, Page, out _, out _));
    }

    [Fact]
    public void Every_page_is_in_the_machine_to_physical_table_which_the_guest_changes_for_its_own()
    {
        Mfn page = FrameAt(Page);
        Assert.Equal(902UL, MachineToPhysical.PageOf(page));
        Assert.Equal(0, Update((page.Value << 12) | (ulong)MmuCommand.MachineToPhysicalUpdate, 77));
        Assert.Equal(77UL, MachineToPhysical.PageOf(page));
        Assert.Equal(0, Update((Root.Value << 12) | (ulong)MmuCommand.MachineToPhysicalUpdate, ulong.MaxValue - 1));
        Assert.Equal(ulong.MaxValue - 1, MachineToPhysical.PageOf(Root));
        foreach (ulong frame in new ulong[] { 0, 3, HostTables.RootFrame.Value, 1UL << 40, ulong.MaxValue >> 12 })
        {
            Assert.Equal(-(long)Errno.Inval, Update((frame << 12) | (ulong)MmuCommand.MachineToPhysicalUpdate, 77));
            Assert.Equal(MachineToPhysical.Nobodys, MachineToPhysical.PageOf(new Mfn(frame)));
        }
    }

    [Fact]
    public void Long_work_is_repeated_for_what_is_left()
    {
        Mfn table = FrameAt(Page);
        Assert.Equal(0, Call(Hypercall.UpdateVaMapping, Page, 0, 1));
        for (int operation = 0; operation < 48; operation++)
        {
            bool isPin = operation % 2 == 0;
            Poke(List + ((ulong)operation * 24), new MmuExtendedOp { Command = isPin ? MmuExtendedCommand.PinL2Table : MmuExtendedCommand.UnpinTable, First = table.Value });
        }

        Poke(Done, default(DoneCount));
        Assert.Equal(0, Call(Hypercall.MmuExtendedOp, List, 48, Done, Self, out int turns));
        Assert.InRange(turns, 2, 12);
        Assert.Equal(48U, Peek<DoneCount>(Done).Value);
    }

    [Fact]
    public void Long_work_within_a_multicall_goes_on_where_it_stopped()
    {
        Mfn table = FrameAt(Page);
        Assert.Equal(0, Call(Hypercall.UpdateVaMapping, Page, 0, 1));
        for (int operation = 0; operation < 48; operation++)
        {
            bool isPin = operation % 2 == 0;
            Poke(List + ((ulong)operation * 24), new MmuExtendedOp { Command = isPin ? MmuExtendedCommand.PinL2Table : MmuExtendedCommand.UnpinTable, First = table.Value });
        }

        MulticallEntry entry = new() { Operation = (ulong)Hypercall.MmuExtendedOp, Result = 99 };
        Span<byte> arguments = Machine.Layouts.Layout.BytesOf(ref entry.Arguments);
        BitConverter.TryWriteBytes(arguments, List);
        BitConverter.TryWriteBytes(arguments[8..], 48UL);
        BitConverter.TryWriteBytes(arguments[16..], Done);
        BitConverter.TryWriteBytes(arguments[24..], Self);
        ulong place = KernelFile.Base + (908UL << 12);
        Poke(place, entry);
        Poke(Done, default(DoneCount));
        int turns = 0;
        Answer answer;
        do
        {
            Assert.True(++turns < 100);
            CpuUserRegisters registers = new() { Rax = (ulong)Hypercall.Multicall, Rdi = place, Rsi = 1 };
            answer = HypercallTable.Dispatch(ref Caller, in HypercallArguments.Of(in registers));
        }
        while (answer.Kind == AnswerKind.Again);
        Assert.Equal(0, answer.Value);
        Assert.InRange(turns, 2, 12);
        Assert.Equal(0UL, Peek<MulticallEntry>(place).Result);
        Assert.Equal(48U, Peek<DoneCount>(Done).Value);
    }

    [Fact]
    public void Whatever_is_asked_nothing_is_lost()
    {
        Random random = new(20);
        Mfn[] frames = [Root, FrameAt(Page), FrameAt(Page + 0x1000), FrameAt(Page + 0x2000), FrameAt(KernelFile.Start), new Mfn(3), HostTables.RootFrame];
        ulong Frame() => frames[random.Next(frames.Length)].Value;
        for (int turn = 0; turn < 3000; turn++)
        {
            ulong entry = (Frame() << 12) | (random.Next(4) == 0 ? (ulong)random.Next(4096) : 0x65 | (2UL * (ulong)random.Next(2)));
            ulong place = (Frame() << 12) + (8UL * (ulong)random.Next(4)) + (random.Next(8) == 0 ? (ulong)random.Next(8) : 0);
            switch (random.Next(4))
            {
                case 0:
                    Update(place, entry);
                    break;
                case 1:
                    Call(Hypercall.UpdateVaMapping, Page + ((ulong)random.Next(4) << 12), entry, (ulong)random.Next(8));
                    break;
                default:
                    MmuExtendedCommand command = (MmuExtendedCommand)random.Next(22);
                    if (command != MmuExtendedCommand.NewBasePointer)
                    {
                        Extended(command, Frame(), Frame());
                    }

                    break;
            }
        }
    }

    private static Mfn FrameAt(ulong address)
    {
        Assert.True(GuestTables.TryTranslate(Root, address, out Mfn frame, out _));
        return frame;
    }

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

    private static long Extended(MmuExtendedCommand command, ulong first, ulong second = 0)
    {
        Poke(List, new MmuExtendedOp { Command = command, First = first, Second = second });
        return Call(Hypercall.MmuExtendedOp, List, 1, 0, Self);
    }

    private static long Update(ulong place, ulong value)
    {
        Poke(List, new MmuUpdate { Address = place, Value = value });
        return Call(Hypercall.MmuUpdate, List, 1, 0, Self);
    }

    private static long Call(Hypercall number, ulong first, ulong second, ulong third = 0, ulong fourth = 0) =>
        Call(number, first, second, third, fourth, out _);

    private static long Call(Hypercall number, ulong first, ulong second, ulong third, ulong fourth, out int turns)
    {
        for (turns = 1; turns < 1000; turns++)
        {
            CpuUserRegisters registers = new() { Rax = (ulong)number, Rdi = first, Rsi = second, Rdx = third, R10 = fourth };
            Answer answer = HypercallTable.Dispatch(ref Caller, in HypercallArguments.Of(in registers));
            if (answer.Kind == AnswerKind.Value)
            {
                return answer.Value;
            }

            if (answer.Kind == AnswerKind.AgainWith)
            {
                first = answer.First;
                second = answer.Second;
            }
        }

        throw new InvalidOperationException("never done");
    }
}
