using System;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Grants of this domain to itself: mapped, unmapped, copied, in all ways that may and may not be.</summary>
internal static unsafe class Mapping
{
    private const ulong PageBytes = 4096;
    private const ulong FrameMask = 0x000f_ffff_ffff_f000;
    private const ulong NoPage = 0x10_0000_0000;
    private const ulong Forbidden = 0xffff_8000_0000_0000;

    private static ushort s_own;

    private static GrantEntry* Entries => (GrantEntry*)Program.Page(1);

    internal static void Run()
    {
        s_own = (ushort)Boot.Number("own="u8, 0);
        *(ulong*)Program.Page(2) = 42;
        Refused();
        Mapped();
        Addresses();
        ByEntry();
        Devices();
        Frames();
        Swaps();
        Replacements();
        Transfers();
        Flushes();
    }

    private static void Refused()
    {
        Grant(8, 2, GrantFlags.PermitAccess);
        Map("no kind"u8, Program.Page(3), GrantMapFlags.None, 8, s_own);
        Map("read-only, no kind"u8, Program.Page(3), GrantMapFlags.ReadOnly, 8, s_own);
        Map("nobody's"u8, Program.Page(3), GrantMapFlags.Host, 8, 0x123);
        Map("self's"u8, Program.Page(3), GrantMapFlags.Host, 8, 0x7ff0);
        Map("beyond"u8, Program.Page(3), GrantMapFlags.Host, 512 * 3, s_own);
        Map("far beyond"u8, Program.Page(3), GrantMapFlags.Host, uint.MaxValue, s_own);
        Map("invalid"u8, Program.Page(3), GrantMapFlags.Host, 9, s_own);
        Grant(9, 2, GrantFlags.AcceptTransfer);
        Map("a transfer"u8, Program.Page(3), GrantMapFlags.Host, 9, s_own);
        Grant(9, 2, GrantFlags.TypeMask);
        Map("transitive"u8, Program.Page(3), GrantMapFlags.Host, 9, s_own);
        Grant(9, 2, GrantFlags.PermitAccess | GrantFlags.SubPage);
        Map("part of a page"u8, Program.Page(3), GrantMapFlags.Host, 9, s_own);
        Grant(9, 2, GrantFlags.PermitAccess);
        Entries[9].Domain = 0x77;
        Map("for another"u8, Program.Page(3), GrantMapFlags.Host, 9, s_own);
        Grant(9, 2, GrantFlags.PermitAccess | GrantFlags.ReadOnly);
        Map("read-only, to write"u8, Program.Page(3), GrantMapFlags.Host, 9, s_own);
        uint handle = Map("other flags"u8, Program.Page(3), (GrantMapFlags)0xffe2, 8, s_own);
        Show(8);
        Unmap("other flags"u8, Program.Page(3), 0, handle);
        Show(8);
    }

    private static void Mapped()
    {
        uint handle = Map("to write"u8, Program.Page(3), GrantMapFlags.Host, 8, s_own);
        Line.Of("grants: reads "u8).Number(*(ulong*)Program.Page(3)).Print();
        Show(8);
        ShowEntry(3);
        uint second = Map("to read"u8, Program.Page(4), GrantMapFlags.Host | GrantMapFlags.ReadOnly, 8, s_own);
        ShowEntry(4);
        Show(8);
        uint third = Map("for applications"u8, Program.Page(5), GrantMapFlags.Host | GrantMapFlags.Application | (GrantMapFlags)0x70000, 8, s_own);
        ShowEntry(5);
        Entries[8].Flags = GrantFlags.None;
        uint fourth = Map("after it was withdrawn"u8, Program.Page(6), GrantMapFlags.Host, 8, s_own);
        Show(8);
        Unmap("the fourth"u8, Program.Page(6), 0, fourth);
        Show(8);
        Grant(8, 2, GrantFlags.PermitAccess);
        Unmap("no handle"u8, Program.Page(3), 0, 1000);
        Unmap("no handle at all"u8, Program.Page(3), 0, uint.MaxValue);
        Unmap("nothing"u8, 0, 0, handle);
        Unmap("elsewhere"u8, Program.Page(20), 0, handle);
        Unmap("of the other's"u8, Program.Page(4), 0, handle);
        Unmap("a device"u8, 0, 0x123000, handle);
        Unmap("it"u8, Program.Page(3), 0, handle);
        ShowEntry(3);
        Show(8);
        Unmap("it again"u8, Program.Page(3), 0, handle);
        Unmap("the second"u8, Program.Page(4), 0, second);
        Show(8);
        Unmap("the third"u8, Program.Page(5), 0, third);
        Show(8);
    }

    private static void Addresses()
    {
        Grant(8, 2, GrantFlags.PermitAccess);
        Map("nowhere"u8, NoPage, GrantMapFlags.Host, 8, s_own);
        Map("at zero"u8, 0, GrantMapFlags.Host, 8, s_own);
        Map("where it may not be"u8, Forbidden, GrantMapFlags.Host, 8, s_own);
        Map("at no address"u8, 0x1234_5678_9abc_d000, GrantMapFlags.Host, 8, s_own);
        Show(8);
        uint handle = Map("within a page"u8, Program.Page(3) + 0x10, GrantMapFlags.Host, 8, s_own);
        Unmap("within a page"u8, Program.Page(3) + 0x20, 0, handle);
        Show(8);
    }

    private static void ByEntry()
    {
        ulong place = PlaceOf(Program.Page(7));
        GrantMapFlags flags = GrantMapFlags.Host | GrantMapFlags.ContainsEntry;
        uint handle = Map("by entry"u8, place, flags, 8, s_own);
        ShowEntry(7);
        Unmap("by entry, as an address"u8, Program.Page(7), 0, handle);
        Unmap("by entry, another"u8, place + 8, 0, handle);
        Unmap("by entry"u8, place, 0, handle);
        ShowEntry(7);
        Map("by an odd entry"u8, place + 4, flags, 8, s_own);
        Map("by an entry in a page"u8, Program.FrameOf(Program.Page(2)) * PageBytes, flags, 8, s_own);
        Map("by an entry in a root"u8, Program.FrameOf(Boot.Info->PageTableBase) * PageBytes, flags, 8, s_own);
        Map("by an entry of nobody"u8, 0xffff_ffff_f000, flags, 8, s_own);
        Show(8);
    }

    private static void Devices()
    {
        ulong address = Program.FrameOf(Program.Page(2)) * PageBytes;
        uint handle = Map("for devices"u8, 0, GrantMapFlags.Device, 8, s_own);
        Show(8);
        Unmap("for devices, wrong"u8, 0, address + PageBytes, handle);
        Unmap("for devices, as a page"u8, Program.Page(3), 0, handle);
        Unmap("for devices"u8, 0, address, handle);
        Show(8);
        handle = Map("for both"u8, Program.Page(8), GrantMapFlags.Device | GrantMapFlags.Host, 8, s_own);
        Unmap("the device half"u8, 0, address, handle);
        Show(8);
        Unmap("the device half again"u8, 0, address, handle);
        Unmap("the page half"u8, Program.Page(8), 0, handle);
        Show(8);
        handle = Map("for both, to read"u8, Program.Page(8), GrantMapFlags.Device | GrantMapFlags.Host | GrantMapFlags.ReadOnly, 8, s_own);
        Show(8);
        Unmap("both"u8, Program.Page(8), address, handle);
        Show(8);
    }

    private static void Frames()
    {
        ulong root = Program.FrameOf(Boot.Info->PageTableBase);
        Entries[10] = new GrantEntry { Flags = GrantFlags.PermitAccess, Domain = s_own, Frame = (uint)root };
        Map("a page table to write"u8, Program.Page(8), GrantMapFlags.Host, 10, s_own);
        uint handle = Map("a page table to read"u8, Program.Page(8), GrantMapFlags.Host | GrantMapFlags.ReadOnly, 10, s_own);
        Unmap("a page table"u8, Program.Page(8), 0, handle);
        Map("a page table for devices"u8, 0, GrantMapFlags.Device, 10, s_own);
        Entries[10].Frame = uint.MaxValue;
        Map("no frame"u8, Program.Page(8), GrantMapFlags.Host, 10, s_own);
        Show(10);
        Entries[10].Frame = 0x100;
        Map("another's frame"u8, Program.Page(8), GrantMapFlags.Host | GrantMapFlags.ReadOnly, 10, s_own);
        Entries[10].Frame = (uint)(Boot.Info->SharedInfoAddress / PageBytes);
        Map("the shared page to read"u8, Program.Page(8), GrantMapFlags.Host | GrantMapFlags.ReadOnly, 10, s_own);
        Show(10);
    }

    private static void Swaps()
    {
        Grant(11, 2, GrantFlags.PermitAccess);
        Grant(12, 3, GrantFlags.AcceptTransfer);
        Swap("swap"u8, 11, 12);
        Show(11);
        Swap("swap with itself"u8, 11, 11);
        Swap("swap beyond"u8, 11, 512 * 3);
        Swap("swap from beyond"u8, 512 * 3, 11);
        Grant(11, 2, GrantFlags.PermitAccess);
        uint handle = Map("before a swap"u8, Program.Page(9), GrantMapFlags.Host, 11, s_own);
        Swap("swap what is mapped"u8, 11, 12);
        Swap("swap with what is mapped"u8, 12, 11);
        Unmap("after a swap"u8, Program.Page(9), 0, handle);
    }

    private static void Transfers()
    {
        Grant(13, 0, GrantFlags.AcceptTransfer);
        Transfer("transfer to nobody"u8, Program.FrameOf(Program.Page(20)), 0x123, 13);
        Transfer("transfer to itself"u8, Program.FrameOf(Program.Page(20)), s_own, 13);
        Transfer("transfer no frame"u8, ulong.MaxValue, s_own, 13);
        Transfer("transfer another's"u8, 0x100, s_own, 13);
        Show(13);
        Kernel.Remap(Program.Page(20), 0);
        Transfer("transfer an unmapped page to nobody"u8, Program.FrameOf(Program.Page(20)), 0x123, 13);
        Transfer("transfer it to itself"u8, Program.FrameOf(Program.Page(20)), s_own, 13);
        Show(13);
        Say("map it again"u8, Kernel.Remap(Program.Page(20), (Program.FrameOf(Program.Page(20)) * PageBytes) | 0x67));
        Kernel.Remap(Program.Page(21), 0);
        Transfer("transfer another to itself"u8, Program.FrameOf(Program.Page(21)), s_own, 13);
        Show(13);
        Line.Of("grants: the entry has "u8).Text(Entries[13].Frame == (uint)Program.FrameOf(Program.Page(21)) ? "the frame"u8 : Entries[13].Frame == (uint)Program.FrameOf(Program.Page(0)) ? "what it had"u8 : "another"u8).Print();
        Kernel.Remap(Program.Page(22), 0);
        Transfer("transfer to no entry"u8, Program.FrameOf(Program.Page(22)), s_own, 14);
        Say("map the other again"u8, Kernel.Remap(Program.Page(22), (Program.FrameOf(Program.Page(22)) * PageBytes) | 0x67));
    }

    private static void Replacements()
    {
        Grant(30, 2, GrantFlags.PermitAccess);
        *(ulong*)Program.Page(16) = 161;
        uint handle = Map("to replace"u8, Program.Page(15), GrantMapFlags.Host, 30, s_own);
        Replace("replace no handle"u8, Program.Page(15), Program.Page(16), 1000);
        Replace("replace elsewhere"u8, Program.Page(17), Program.Page(16), handle);
        Replace("replace by nothing"u8, Program.Page(15), NoPage, handle);
        Replace("replace by what may not be"u8, Program.Page(15), Forbidden, handle);
        Replace("replace nowhere"u8, 0, Program.Page(16), handle);
        Say("what replaces is there"u8, Kernel.Remap(Program.Page(16), (Program.FrameOf(Program.Page(16)) * PageBytes) | 0x67));
        Replace("replace"u8, Program.Page(15), Program.Page(16), handle);
        ShowEntry(15);
        ShowEntry(16);
        Line.Of("grants: reads "u8).Number(*(ulong*)Program.Page(15)).Print();
        Show(30);
        handle = Map("to replace by none"u8, Program.Page(17), GrantMapFlags.Host, 30, s_own);
        Replace("replace by none"u8, Program.Page(17), 0, handle);
        ShowEntry(17);
        handle = Map("to replace by an empty one"u8, Program.Page(18), GrantMapFlags.Host, 30, s_own);
        Replace("replace by an empty one"u8, Program.Page(18), Program.Page(17), handle);
        ShowEntry(18);
        handle = Map("to replace by itself"u8, Program.Page(19), GrantMapFlags.Host, 30, s_own);
        Replace("replace by itself"u8, Program.Page(19), Program.Page(19), handle);
        ShowEntry(19);
        Unmap("what was replaced by itself"u8, Program.Page(19), 0, handle);
        handle = Map("an entry to replace"u8, PlaceOf(Program.Page(19)), GrantMapFlags.Host | GrantMapFlags.ContainsEntry, 30, s_own);
        Replace("replace an entry"u8, PlaceOf(Program.Page(19)), Program.Page(15), handle);
        ShowEntry(19);
        Show(30);
    }

    private static void Replace(ReadOnlySpan<byte> what, ulong address, ulong other, uint handle)
    {
        GrantReplace replace = new() { Address = address, NewAddress = other, Handle = handle, Status = (GrantStatus)77 };
        long answer = Program.Op(GrantTableCommand.UnmapAndReplace, &replace, 1);
        Program.Say(what, answer, replace.Status);
    }

    private static void Say(ReadOnlySpan<byte> what, long answer) => Program.Say(what, answer, 0);

    private static void Flushes()
    {
        GrantCacheFlush flush = new() { Place = Program.FrameOf(Program.Page(2)) * PageBytes, Length = 64, Operation = 1 };
        Program.Say("flush"u8, Program.Op(GrantTableCommand.CacheFlush, &flush, 1), 0);
        flush.Operation = 0;
        Program.Say("flush nothing"u8, Program.Op(GrantTableCommand.CacheFlush, &flush, 1), 0);
        Program.Say("flush none"u8, Program.Op(GrantTableCommand.CacheFlush, &flush, 0), 0);
        Program.Say("flush at an edge"u8, Stubs.Call(Hypercall.GrantTableOp, (ulong)GrantTableCommand.CacheFlush, Forbidden, 1, 0), 0);
        Flush("flush with other bits"u8, flush.Place, 0, 64, 4);
        Flush("flush invalidate"u8, flush.Place, 0, 64, 2);
        Flush("flush across the end"u8, flush.Place, 4090, 64, 1);
        Flush("flush beyond the end"u8, flush.Place, 4096, 0, 1);
        Flush("flush with an offset"u8, flush.Place + 8, 0, 64, 1);
        Flush("flush no length"u8, flush.Place, 0, 0, 1);
        Flush("flush another's"u8, 0x100_000, 0, 64, 1);
        Flush("flush none's"u8, 0x1_0000_0000_0000, 0, 64, 1);
        Flush("flush by reference"u8, 8, 0, 64, 0x8000_0001);
        Flush("flush by no reference"u8, 9999, 0, 64, 0x8000_0001);
        Program.Say("map none"u8, Program.Op(GrantTableCommand.MapGrantRef, &flush, 0), 0);
        Program.Say("map at an edge"u8, Stubs.Call(Hypercall.GrantTableOp, (ulong)GrantTableCommand.MapGrantRef, Forbidden, 1, 0), 0);
        Program.Say("map at no page"u8, Stubs.Call(Hypercall.GrantTableOp, (ulong)GrantTableCommand.MapGrantRef, NoPage, 1, 0), 0);
    }

    private static void Flush(ReadOnlySpan<byte> what, ulong place, ushort offset, ushort length, uint operation)
    {
        GrantCacheFlush flush = new() { Place = place, Offset = offset, Length = length, Operation = operation };
        Program.Say(what, Program.Op(GrantTableCommand.CacheFlush, &flush, 1), 0);
    }

    private static void Grant(uint reference, ulong page, GrantFlags flags) =>
        Entries[reference] = new GrantEntry { Flags = flags, Domain = s_own, Frame = (uint)Program.FrameOf(Program.Page(page)) };

    private static uint Map(ReadOnlySpan<byte> what, ulong address, GrantMapFlags flags, uint reference, ushort domain)
    {
        GrantMap map = new() { Address = address, Flags = flags, Reference = reference, Domain = domain, Status = (GrantStatus)77, Handle = 7777, DeviceAddress = 5 };
        long answer = Program.Op(GrantTableCommand.MapGrantRef, &map, 1);
        Line line = Program.Signed(Program.Signed(Line.Of("grants: map "u8).Text(what).Text(": "u8), answer).Text(" status "u8), (short)map.Status).Text(" handle "u8).Number(map.Handle);
        bool isDevice = map.DeviceAddress == (ulong)Entries[reference < 512 ? reference : 8].Frame * PageBytes;
        line.Text(" device "u8).Text(isDevice ? "right"u8 : map.DeviceAddress == 5 ? "kept"u8 : map.DeviceAddress == 0 ? "zero"u8 : "wrong"u8).Print();
        return map.Handle;
    }

    private static void Unmap(ReadOnlySpan<byte> what, ulong address, ulong device, uint handle)
    {
        GrantUnmap unmap = new() { Address = address, DeviceAddress = device, Handle = handle, Status = (GrantStatus)77 };
        long answer = Program.Op(GrantTableCommand.UnmapGrantRef, &unmap, 1);
        Program.Signed(Program.Signed(Line.Of("grants: unmap "u8).Text(what).Text(": "u8), answer).Text(" status "u8), (short)unmap.Status).Print();
    }

    private static void Swap(ReadOnlySpan<byte> what, uint first, uint second)
    {
        GrantSwap swap = new() { First = first, Second = second, Status = (GrantStatus)77 };
        long answer = Program.Op(GrantTableCommand.SwapGrantRef, &swap, 1);
        Program.Say(what, answer, swap.Status);
    }

    private static void Transfer(ReadOnlySpan<byte> what, ulong frame, ushort domain, uint reference)
    {
        GrantTransfer transfer = new() { Frame = frame, Domain = domain, Reference = reference, Status = (GrantStatus)77 };
        long answer = Program.Op(GrantTableCommand.Transfer, &transfer, 1);
        Program.Say(what, answer, transfer.Status);
    }

    private static void Show(uint reference) => Line.Of("grants: entry "u8).Number(reference).Text(" has flags "u8).Hex((ulong)Entries[reference].Flags).Print();

    private static void ShowEntry(ulong page)
    {
        ulong entry = *(ulong*)Find(Program.Page(page), out _);
        Line.Of("grants: page "u8).Number(page).Text(" is "u8).Hex(entry & ~FrameMask).Print();
    }

    // The machine address of the entry that maps an address.
    private static ulong PlaceOf(ulong address)
    {
        _ = Find(address, out ulong place);
        return place;
    }

    // Where the entry can be read: the first tables are mapped, and where is said by the list of frames.
    private static ulong Find(ulong address, out ulong place)
    {
        ulong table = Boot.Info->PageTableBase;
        for (int level = 4; level > 1; level--)
        {
            ulong entry = ((ulong*)table)[(address >> (3 + (9 * level))) & 511];
            table = Program.AddressOf((entry & FrameMask) / PageBytes);
        }

        ulong index = (address >> 12) & 511;
        place = (Program.FrameOf(table) * PageBytes) + (index * 8);
        return table + (index * 8);
    }
}
