using System;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Grants of the second version: what is in use is noted in pages of its own, and entries may mean parts of pages.</summary>
internal static unsafe class Second
{
    private const ulong PageBytes = 4096;
    private const ulong Table = 1;
    private const ulong Statuses = 12;
    private const ushort Self = 0x7ff0;

    private static ushort s_own;
    private static bool s_areShown;

    internal static void Run()
    {
        s_own = (ushort)Boot.Number("own="u8, 0);
        Version(2);
        StatusFrames(2);
        StatusFrames(1);
        Program.Say("map statuses"u8, Kernel.Remap(Program.Page(Statuses), (*(ulong*)Program.Page(0) * PageBytes) | 0x67), 0);
        s_areShown = true;
        Whole();
        Parts();
        PassedOn();
        Others();
        s_areShown = false;
        Program.Say("unmap statuses"u8, Kernel.Remap(Program.Page(Statuses), 0), 0);
        Version(1);
        Show(8);
        Program.Say("statuses back"u8, Kernel.Remap(Program.Page(Statuses), (Program.FrameOf(Program.Page(Statuses)) * PageBytes) | 0x67), 0);
    }

    private static void Whole()
    {
        Grant(8, 2, GrantFlags.PermitAccess, 0);
        uint handle = Map("a long entry"u8, 8, GrantMapFlags.Host);
        Show(8);
        Version(1);
        uint second = Map("a long entry to read"u8, 8, GrantMapFlags.Device | GrantMapFlags.ReadOnly);
        Show(8);
        Unmap("a long entry"u8, Program.Page(3), 0, handle);
        Show(8);
        Unmap("a long entry to read"u8, 0, Program.FrameOf(Program.Page(2)) * PageBytes, second);
        Show(8);
        ((ulong*)Program.Page(Table))[(8 * 2) + 1] = 1UL << 32;
        Map("a frame beyond"u8, 8, GrantMapFlags.Host);
        Show(8);
        Grant(8, 2, GrantFlags.PermitAccess | GrantFlags.ReadOnly, 0);
        Map("a read-only one to write"u8, 8, GrantMapFlags.Host);
        Show(8);
        Grant(8, 2, GrantFlags.Transitive, 0);
        Map("one that is passed on"u8, 8, GrantMapFlags.Host);
        Map("beyond the table"u8, 256 * 3, GrantMapFlags.Host);
        Map("the last of the table"u8, (256 * 3) - 1, GrantMapFlags.Host);
    }

    private static void Parts()
    {
        Grant(9, 2, GrantFlags.PermitAccess | GrantFlags.SubPage, 100 | (50UL << 16));
        Map("a part"u8, 9, GrantMapFlags.Host);
        Copy("the part"u8, 9, 100, 50);
        Copy("in the part"u8, 9, 120, 8);
        Copy("nothing of the part"u8, 9, 150, 0);
        Copy("nothing behind the part"u8, 9, 151, 0);
        Copy("before the part"u8, 9, 99, 8);
        Copy("behind the part"u8, 9, 149, 2);
        Copy("more than the part"u8, 9, 100, 51);
        Copy("beyond the page"u8, 9, 4090, 16);
        Show(9);
        Grant(9, 2, GrantFlags.PermitAccess | GrantFlags.SubPage, 4090 | (50UL << 16));
        Copy("a part over the end"u8, 9, 4090, 6);
        Copy("a part over the end, all"u8, 9, 4090, 50);
        Grant(9, 2, GrantFlags.PermitAccess | GrantFlags.SubPage | GrantFlags.ReadOnly, 0);
        Copy("a part of nothing"u8, 9, 0, 0);
        Copy("one byte of nothing"u8, 9, 0, 1);
    }

    private static void PassedOn()
    {
        Grant(8, 2, GrantFlags.PermitAccess, 0);
        Grant(10, 0, GrantFlags.Transitive, s_own);
        ((ulong*)Program.Page(Table))[(10 * 2) + 1] = 8;
        Copy("passed on by itself"u8, 10, 0, 8);
        Show(10);
        Grant(10, 0, GrantFlags.Transitive, 0x123);
        ((ulong*)Program.Page(Table))[(10 * 2) + 1] = 8;
        Copy("passed on for nobody"u8, 10, 0, 8);
        Show(10);
    }

    private static void Others()
    {
        GrantSwap swap = new() { First = 8, Second = 9, Status = (GrantStatus)77 };
        Program.Say("swap long entries"u8, Program.Op(GrantTableCommand.SwapGrantRef, &swap, 1), swap.Status);
        Show(8);
        Grant(13, 0, GrantFlags.AcceptTransfer, 0);
        Kernel.Remap(Program.Page(25), 0);
        GrantTransfer transfer = new() { Frame = Program.FrameOf(Program.Page(25)), Domain = s_own, Reference = 13, Status = (GrantStatus)77 };
        Program.Say("transfer by a long entry"u8, Program.Op(GrantTableCommand.Transfer, &transfer, 1), transfer.Status);
        Show(13);
        Program.Say("map what came"u8, Kernel.Remap(Program.Page(25), (((ulong*)Program.Page(Table))[(13 * 2) + 1] * PageBytes) | 0x67), 0);
    }

    private static void Version(uint version)
    {
        GrantSetVersion set = new() { Version = version };
        long answer = Program.Op(GrantTableCommand.SetVersion, &set, 1);
        Program.Say("choose a version"u8, answer, (GrantStatus)set.Version);
    }

    private static void StatusFrames(uint count)
    {
        GrantGetStatusFrames frames = new() { Domain = Self, FrameCount = count, FrameList = Program.Page(0), Status = (GrantStatus)77 };
        Program.Say("frames of statuses"u8, Program.Op(GrantTableCommand.GetStatusFrames, &frames, 1), frames.Status);
    }

    private static void Grant(uint reference, ulong page, GrantFlags flags, ulong described)
    {
        ulong* entry = (ulong*)Program.Page(Table) + (reference * 2);
        entry[1] = page == 0 ? 0 : Program.FrameOf(Program.Page(page));
        entry[0] = (ulong)flags | ((ulong)s_own << 16) | (described << 32);
    }

    private static void Show(uint reference)
    {
        ulong* entry = (ulong*)Program.Page(Table) + (reference * 2);
        bool isOwn = entry[1] == Program.FrameOf(Program.Page(2)) || entry[1] == Program.FrameOf(Program.Page(25));
        ushort* statuses = (ushort*)Program.Page(Statuses);
        Line.Of("grants: long entry "u8).Number(reference).Text(" is "u8).Hex(entry[0]).Text(isOwn ? " own"u8 : entry[1] == 0 ? " none"u8 : " other"u8)
            .Text(" status "u8).Hex(s_areShown ? statuses[reference] : 0UL).Print();
    }

    private static uint Map(ReadOnlySpan<byte> what, uint reference, GrantMapFlags flags)
    {
        ulong address = (flags & GrantMapFlags.Host) != 0 ? Program.Page(3) : 0;
        GrantMap map = new() { Address = address, Flags = flags, Reference = reference, Domain = s_own, Status = (GrantStatus)77, Handle = 7777 };
        Program.Say(what, Program.Op(GrantTableCommand.MapGrantRef, &map, 1), map.Status);
        return map.Handle;
    }

    private static void Unmap(ReadOnlySpan<byte> what, ulong address, ulong device, uint handle)
    {
        GrantUnmap unmap = new() { Address = address, DeviceAddress = device, Handle = handle, Status = (GrantStatus)77 };
        Program.Say(what, Program.Op(GrantTableCommand.UnmapGrantRef, &unmap, 1), unmap.Status);
    }

    private static void Copy(ReadOnlySpan<byte> what, uint reference, ushort offset, ushort length)
    {
        GrantCopy copy = new()
        {
            Source = new GrantCopyPlace { Place = reference, Domain = s_own, Offset = offset },
            Target = new GrantCopyPlace { Place = Program.FrameOf(Program.Page(11)), Domain = Self, Offset = 0 },
            Length = length,
            Flags = GrantCopyFlags.SourceReference,
            Status = (GrantStatus)77,
        };
        Program.Say(what, Program.Op(GrantTableCommand.Copy, &copy, 1), copy.Status);
    }
}
