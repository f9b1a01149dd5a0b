using System;
using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>
/// Two domains: the first grants a page, a part, an entry to be filled and a port; the second maps, writes, copies, gives a page away and rings.
/// They wait for each other through words of the granted page.
/// </summary>
internal static unsafe class Pair
{
    private const ulong PageBytes = 4096;
    private const uint Shared = 8;
    private const uint Accepting = 9;
    private const uint Secret = 10;
    private const ulong Given = 0x600d_f00d;

    private static ushort s_peer;

    private static GrantEntry* Entries => (GrantEntry*)Program.Page(1);

    internal static void Run()
    {
        s_peer = (ushort)Boot.Number("peer="u8, 0);
        if (Boot.Number("own="u8, 0) < s_peer)
        {
            Give();
        }
        else
        {
            Take();
        }
    }

    private static void Give()
    {
        ulong* page = (ulong*)Program.Page(2);
        EventChannelAllocUnbound port = new() { Domain = 0x7ff0, RemoteDomain = s_peer };
        Stubs.Call(Hypercall.EventChannelOp, (ulong)EventChannelCommand.AllocUnbound, (ulong)&port, 0, 0);
        page[1] = port.Port;
        *(ulong*)Program.Page(4) = 4242;
        Entries[Accepting] = new GrantEntry { Flags = GrantFlags.AcceptTransfer, Domain = s_peer };
        Entries[Secret] = new GrantEntry { Flags = GrantFlags.PermitAccess | GrantFlags.ReadOnly, Domain = s_peer, Frame = (uint)Program.FrameOf(Program.Page(4)) };
        Show(ref Entries[Shared], new GrantEntry { Flags = GrantFlags.PermitAccess, Domain = s_peer, Frame = (uint)Program.FrameOf(Program.Page(2)) });
        Await(ref page[0], 1);
        Line.Of("grants: in use "u8).Hex((ulong)Entries[Shared].Flags).Text(", read "u8).Number(page[2]).Print();
        page[0] = 2;
        Await(ref page[0], 3);
        ulong frame = Entries[Accepting].Frame;
        Line.Of("grants: transfer "u8).Hex((ulong)Entries[Accepting].Flags).Text(" map "u8).Answer(Kernel.Remap(Program.Page(5), (frame * PageBytes) | 0x67))
            .Text(*(ulong*)Program.Page(5) == Given ? " whole"u8 : " spoilt"u8).Print();
        page[0] = 4;
        while (((ushort)Entries[Shared].Flags & 0x18) != 0)
        {
            Kernel.Yield();
        }

        Line.Of("grants: given back"u8).Print();
    }

    private static void Take()
    {
        ulong* page = (ulong*)Program.Page(3);
        GrantMap map = default;
        do
        {
            Kernel.Yield();
            map = new() { Address = Program.Page(3), Flags = GrantMapFlags.Host, Reference = Shared, Domain = s_peer };
            Program.Op(GrantTableCommand.MapGrantRef, &map, 1);
        }
        while (map.Status != GrantStatus.Okay);
        page[2] = 31337;
        EventChannelBindInterdomain bind = new() { RemoteDomain = s_peer, RemotePort = (uint)page[1] };
        Line.Of("grants: bind "u8).Answer(Stubs.Call(Hypercall.EventChannelOp, (ulong)EventChannelCommand.BindInterdomain, (ulong)&bind, 0, 0)).Print();
        EventChannelSend send = new() { Port = bind.LocalPort };
        Line.Of("grants: send "u8).Answer(Stubs.Call(Hypercall.EventChannelOp, (ulong)EventChannelCommand.Send, (ulong)&send, 0, 0)).Print();
        Interlocked.Exchange(ref *(long*)page, 1);
        Await(ref page[0], 2);
        Copies();
        ulong given = Program.FrameOf(Program.Page(6));
        *(ulong*)Program.Page(6) = Given;
        Kernel.Remap(Program.Page(6), 0);
        GrantTransfer transfer = new() { Frame = given, Domain = s_peer, Reference = Accepting };
        Program.Say("transfer to the peer"u8, Program.Op(GrantTableCommand.Transfer, &transfer, 1), transfer.Status);
        Interlocked.Exchange(ref *(long*)page, 3);
        Await(ref page[0], 4);
        GrantUnmap unmap = new() { Address = Program.Page(3), Handle = map.Handle };
        Program.Say("unmap the peer's"u8, Program.Op(GrantTableCommand.UnmapGrantRef, &unmap, 1), unmap.Status);
    }

    private static void Copies()
    {
        GrantMap map = new() { Address = Program.Page(7), Flags = GrantMapFlags.Host, Reference = Secret, Domain = s_peer };
        Program.Say("map to write what is to be read"u8, Program.Op(GrantTableCommand.MapGrantRef, &map, 1), map.Status);
        map = new() { Address = Program.Page(7), Flags = GrantMapFlags.Host, Reference = Secret + 1, Domain = s_peer };
        Program.Say("map what is not granted"u8, Program.Op(GrantTableCommand.MapGrantRef, &map, 1), map.Status);
        GrantCopy copy = new()
        {
            Source = new GrantCopyPlace { Place = Secret, Domain = s_peer },
            Target = new GrantCopyPlace { Place = Program.FrameOf(Program.Page(8)), Domain = 0x7ff0 },
            Length = 8,
            Flags = GrantCopyFlags.SourceReference,
        };
        Program.Say("copy from the peer"u8, Program.Op(GrantTableCommand.Copy, &copy, 1), copy.Status);
        Line.Of("grants: copied "u8).Number(*(ulong*)Program.Page(8)).Print();
    }

    // The flags come last.
    private static void Show(ref GrantEntry place, GrantEntry entry)
    {
        place.Frame = entry.Frame;
        fixed (GrantEntry* first = &place)
        {
            Volatile.Write(ref *(uint*)first, (ushort)entry.Flags | ((uint)entry.Domain << 16));
        }
    }

    private static void Await(ref ulong word, ulong value)
    {
        while (Volatile.Read(ref word) != value)
        {
            Kernel.Yield();
        }
    }
}
