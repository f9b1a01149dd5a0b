using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>
/// Times single operations of the interface and prints the least of many turns, in ticks of the time-stamp counter: under
/// QEMU's <c>-icount shift=0</c> a tick is an instruction. Boots as a guest's or as the control domain's kernel.
/// </summary>
internal static unsafe class Program
{
    internal const int Turns = 200;
    private const ulong All = 0xffff;
    private const uint Updates = 128;

    private static ulong s_only;
    private static ulong s_next;

    internal static void Main()
    {
        s_only = Boot.Number("only="u8, All);
        InstallTraps();
        Calls();
        MultipleCalls();
        Mappings();
        Exceptions();
        EventToSelf();
        Grants.Time(Boot.Number("self="u8, 0));
        Line.Of("probe: done"u8).Print();
    }

    /// <summary>Exceptions of the kinds that are not timed are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    /// <summary>The least time of a call, or of two in turn where the second undoes the first; its answer must be what is expected.</summary>
    internal static void Say(ReadOnlySpan<byte> what, TimedCall call, TimedCall undo, long answer = 0)
    {
        if (!Begin())
        {
            return;
        }

        ulong least = ulong.MaxValue;
        for (int turn = 0; turn < Turns; turn++)
        {
            ulong around = Timed.CallNothing(&call);
            least = Math.Min(least, Timed.Call(&call) - around);
            if (call.Answer != answer)
            {
                Fail(what, call.Answer);
                return;
            }

            if (undo.Number != ulong.MaxValue)
            {
                Timed.Call(&undo);
            }
        }

        Result(what, least);
    }

    internal static void Say(ReadOnlySpan<byte> what, TimedCall call, long answer = 0) =>
        Say(what, call, new TimedCall { Number = ulong.MaxValue }, answer);

    /// <summary>Whether the next operation is to be timed: all are, or the one that the command line names by its place.</summary>
    internal static bool Begin()
    {
        bool wanted = s_only == All || s_only == s_next;
        s_next++;
        if (wanted)
        {
            Timed.Begin();
        }

        return wanted;
    }

    /// <summary>The operation that was begun took so much.</summary>
    internal static void Result(ReadOnlySpan<byte> what, ulong ticks)
    {
        Timed.End();
        Line.Of("probe: "u8).Text(what).Text(" "u8).Number(ticks).Print();
    }

    internal static void Fail(ReadOnlySpan<byte> what, long answer)
    {
        Line line = Line.Of("probe: "u8).Text(what).Text(" refused "u8);
        (answer < 0 ? line.Text("-"u8).Number((ulong)-answer) : line.Number((ulong)answer)).Print();
    }

    private static void Calls()
    {
        Say("null hypercall"u8, TimedCall.Of(Hypercall.XenVersion), 0x4_0011);
        Say("unknown hypercall"u8, TimedCall.Of((Hypercall)47), -38);
        Say("yield"u8, TimedCall.Of(Hypercall.SchedOp, (ulong)SchedCommand.Yield));
        Say("set timer"u8, TimedCall.Of(Hypercall.SetTimerOp, Clock.Now + 3_600_000_000_000));
        TimedCall never = TimedCall.Of(Hypercall.SetTimerOp, 0);
        Timed.Call(&never);
    }

    private static void MultipleCalls()
    {
        MulticallEntry* entries = (MulticallEntry*)Space.Page(0);
        for (int i = 0; i < 32; i++)
        {
            entries[i] = new() { Operation = (ulong)Hypercall.XenVersion };
        }

        Say("multicall of 32"u8, TimedCall.Of(Hypercall.Multicall, (ulong)entries, 32));
    }

    /// <summary>Each changes the frame that an entry maps, there and back.</summary>
    private static void Mappings()
    {
        MmuUpdate* there = (MmuUpdate*)Space.Page(1);
        MmuUpdate* back = (MmuUpdate*)Space.Page(2);
        for (uint i = 0; i < Updates; i++)
        {
            ulong address = Space.Page(8 + i);
            there[i] = new() { Address = Space.EntryAddress(address), Value = Space.Entry(Space.Page(8 + (i ^ 1))) };
            back[i] = new() { Address = there[i].Address, Value = Space.Entry(address) };
        }

        SayUpdates("mmu_update of 1"u8, there, back, 1);
        SayUpdates("mmu_update of 128"u8, there, back, Updates);
        const ulong FlushHere = 2;
        ulong page = Space.Page(8);
        Say(
            "update_va_mapping"u8,
            TimedCall.Of(Hypercall.UpdateVaMapping, page, Space.Entry(Space.Page(9)), FlushHere),
            TimedCall.Of(Hypercall.UpdateVaMapping, page, Space.Entry(page), FlushHere));
        Say(
            "update_va_mapping, no flush"u8,
            TimedCall.Of(Hypercall.UpdateVaMapping, page, Space.Entry(Space.Page(9))),
            TimedCall.Of(Hypercall.UpdateVaMapping, page, Space.Entry(page)));
    }

    private static void SayUpdates(ReadOnlySpan<byte> what, MmuUpdate* there, MmuUpdate* back, uint count) =>
        Say(
            what,
            TimedCall.Of(Hypercall.MmuUpdate, (ulong)there, count, 0, Space.Self),
            TimedCall.Of(Hypercall.MmuUpdate, (ulong)back, count, 0, Space.Self));

    /// <summary>From the instruction that faults to the one behind it: the handler returns by the iret hypercall.</summary>
    private static void Exceptions()
    {
        ulong hole = Space.Page(Updates + 8);
        Kernel.Remap(hole, 0);
        TimedCall at = new() { First = hole }, mapped = new() { First = Space.Page(0) };
        SayLeast("page fault and back"u8, &Timed.TouchHole, &at, &Timed.TouchPage, &mapped);
        Kernel.Remap(hole, Space.Entry(hole));
        SayLeast("int3 and back"u8, &Timed.Breakpoint, &at, &Timed.Nothing, &at);
        SayLeast("iret"u8, &Timed.Iret, &at, &Timed.IretNothing, &at);
    }

    /// <summary>The least time of an operation, less that of what stands around it.</summary>
    private static void SayLeast(
        ReadOnlySpan<byte> what, delegate*<TimedCall*, ulong> operation, TimedCall* on, delegate*<TimedCall*, ulong> around, TimedCall* aroundOn)
    {
        if (!Begin())
        {
            return;
        }

        ulong least = ulong.MaxValue;
        for (int turn = 0; turn < Turns; turn++)
        {
            least = Math.Min(least, operation(on) - around(aroundOn));
        }

        Result(what, least);
    }

    /// <summary>An event of this vCPU for itself: sent, delivered on the way out, back by the iret hypercall.</summary>
    private static void EventToSelf()
    {
        EventChannelBindIpi bind = default;
        TimedCall binding = TimedCall.Of(Hypercall.EventChannelOp, (ulong)EventChannelCommand.BindIpi, (ulong)&bind);
        Timed.Call(&binding);
        EventChannelSend send = new() { Port = bind.Port };
        TimedCall sending = TimedCall.Of(Hypercall.EventChannelOp, (ulong)EventChannelCommand.Send, (ulong)&send);
        Stubs.Call(Hypercall.SetCallbacks, Timed.UpcallEntry, 0, 0, 0);
        Events.Enable();
        ulong before = Timed.Upcalls;
        Say("event send with upcall"u8, sending);
        Events.Vcpu->UpcallMask = 1;
        if (s_only == All && Timed.Upcalls - before != Turns)
        {
            Line.Of("probe: upcalls "u8).Number(Timed.Upcalls - before).Text(" of "u8).Number(Turns).Print();
        }
    }

    private static void InstallTraps()
    {
        TrapTable table = default;
        TrapInfo* traps = (TrapInfo*)&table;
        const byte FromUser = 3, MaskUpcalls = 4;
        traps[0] = new() { Vector = 3, Flags = FromUser | MaskUpcalls, Cs = (ushort)FlatSelector.UserCode64, Address = Timed.BreakpointEntry };
        traps[1] = new() { Vector = 14, Flags = MaskUpcalls, Cs = (ushort)FlatSelector.UserCode64, Address = Timed.PageFaultEntry };
        Stubs.Call(Hypercall.SetTrapTable, (ulong)traps, 0, 0, 0);
    }

    [InlineArray(3)]
    private struct TrapTable
    {
        private TrapInfo _first;
    }
}
