using System;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Makes a grant table, grants pages to itself, maps, copies and unmaps them; says what each step answered.</summary>
internal static unsafe class Program
{
    private const ulong Base = 0xffff_ffff_8000_0000;
    private const ulong PageBytes = 4096;
    private const ushort Self = 0x7ff0;
    private const ushort Nobody = 0x123;

    private static ulong s_free;

    internal static void Main()
    {
        // The pages behind the first stack are padding, mapped and unused.
        s_free = Boot.Info->PageTableBase + ((Boot.Info->PageTableFrames + 8) * PageBytes);
        Size();
        Versions();
        Tables();
        if (Boot.Number("peer="u8, Nobody) != Nobody)
        {
            Pair.Run();
            return;
        }

        Second.Run();
        Mapping.Run();
        Copying.Run();
        Line.Of("grants: done"u8).Print();
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    private static void Size()
    {
        GrantQuerySize size = new() { Domain = Self };
        Say("size"u8, Op(GrantTableCommand.QuerySize, &size, 1), size.Status);
        Line.Of("grants: "u8).Number(size.FrameCount).Text(" of "u8).Number(size.MostFrames).Print();
        size = new() { Domain = Nobody };
        Say("size of nobody"u8, Op(GrantTableCommand.QuerySize, &size, 1), size.Status);
        Say("size of none"u8, Op(GrantTableCommand.QuerySize, &size, 0), 0);
        Say("size of two"u8, Op(GrantTableCommand.QuerySize, &size, 2), 0);
        Say("size at an edge"u8, Stubs.Call(Hypercall.GrantTableOp, (ulong)GrantTableCommand.QuerySize, 0xffff_8000_0000_0000, 1, 0), 0);
        Say("no command"u8, Op((GrantTableCommand)13, &size, 1), 0);
        Say("a command with bits"u8, Op((GrantTableCommand)0x1006, &size, 1), 0);
        Say("a negative count"u8, Op(GrantTableCommand.QuerySize, &size, 0x8000_0000), 0);
        Say("a negative count of none"u8, Op((GrantTableCommand)13, &size, 0x8000_0000), 0);
    }

    private static void Versions()
    {
        GrantGetVersion get = new() { Domain = Self };
        long answer = Op(GrantTableCommand.GetVersion, &get, 1);
        Say("version"u8, answer, (GrantStatus)get.Version);
        get = new() { Domain = Nobody };
        Say("version of nobody"u8, Op(GrantTableCommand.GetVersion, &get, 1), 0);
        get = new() { Domain = Self };
        Say("version with none"u8, Op(GrantTableCommand.GetVersion, &get, 0), 0);
        Say("version with two"u8, Op(GrantTableCommand.GetVersion, &get, 2), 0);
        for (uint version = 0; version < 4; version++)
        {
            GrantSetVersion set = new() { Version = version };
            answer = Op(GrantTableCommand.SetVersion, &set, 1);
            Say("set version"u8, answer, (GrantStatus)set.Version);
        }

        GrantSetVersion back = new() { Version = 1 };
        Say("set version back"u8, Op(GrantTableCommand.SetVersion, &back, 1), (GrantStatus)back.Version);
        Say("set version with none"u8, Op(GrantTableCommand.SetVersion, &back, 0), 0);
        Say("set version with two"u8, Op(GrantTableCommand.SetVersion, &back, 2), 0);
        GrantGetStatusFrames frames = new() { Domain = Self, FrameCount = 1, FrameList = Page(0) };
        Say("status frames"u8, Op(GrantTableCommand.GetStatusFrames, &frames, 1), frames.Status);
        frames = new() { Domain = Self, FrameCount = 0, FrameList = Page(0) };
        Say("no status frames"u8, Op(GrantTableCommand.GetStatusFrames, &frames, 1), frames.Status);
        frames = new() { Domain = Nobody, FrameCount = 1, FrameList = Page(0) };
        Say("status frames of nobody"u8, Op(GrantTableCommand.GetStatusFrames, &frames, 1), frames.Status);
        Say("status frames with none"u8, Op(GrantTableCommand.GetStatusFrames, &frames, 0), 0);
        GrantDumpTable dump = new() { Domain = Self };
        Say("dump"u8, Op(GrantTableCommand.DumpTable, &dump, 1), dump.Status);
        dump = new() { Domain = Nobody };
        Say("dump nobody"u8, Op(GrantTableCommand.DumpTable, &dump, 1), dump.Status);
    }

    private static void Tables()
    {
        Say("set up none"u8, Setup(Self, 0, Page(0), 1, out GrantStatus status), status);
        Say("set up one"u8, Setup(Self, 1, Page(0), 1, out status), status);
        Line.Of("grants: the first frame is "u8).Text(*(ulong*)Page(0) != 0 ? "there"u8 : "missing"u8).Print();
        Size2();
        Say("set up sixty-five"u8, Setup(Self, 65, Page(0), 1, out status), status);
        Say("set up for nobody"u8, Setup(Nobody, 1, Page(0), 1, out status), status);
        Say("set up for xen"u8, Setup(0x7ff2, 1, Page(0), 1, out status), status);
        Say("set up twice"u8, Setup(Self, 1, Page(0), 2, out status), status);
        Say("set up without a list"u8, Setup(Self, 1, 0xffff_8000_0000_0000, 1, out status), status);
        Say("set up with a list of none"u8, Setup(Self, 0, 0xffff_8000_0000_0000, 1, out status), status);
        Say("set up with an unmapped list"u8, Setup(Self, 1, 0x10_0000_0000, 1, out status), status);
        Say("set up three"u8, Setup(Self, 3, Page(0), 1, out status), status);
        Size2();
        Say("map"u8, Kernel.Remap(Page(1), (*(ulong*)Page(0) * PageBytes) | 0x67), 0);
    }

    private static void Size2()
    {
        GrantQuerySize size = new() { Domain = Self };
        Op(GrantTableCommand.QuerySize, &size, 1);
        Line.Of("grants: "u8).Number(size.FrameCount).Text(" of "u8).Number(size.MostFrames).Print();
    }

    private static long Setup(ushort domain, uint frames, ulong list, ulong count, out GrantStatus status)
    {
        GrantSetupTable setup = new() { Domain = domain, FrameCount = frames, FrameList = list, Status = (GrantStatus)77 };
        long answer = Op(GrantTableCommand.SetupTable, &setup, count);
        status = setup.Status;
        return answer;
    }

    internal static ulong Page(ulong number) => s_free + (number * PageBytes);

    internal static ulong FrameOf(ulong address) => ((ulong*)Boot.Info->MfnList)[(address - Base) / PageBytes];

    /// <summary>Where a frame of this domain's is mapped from the start.</summary>
    internal static ulong AddressOf(ulong frame)
    {
        ulong page = 0;
        while (((ulong*)Boot.Info->MfnList)[page] != frame)
        {
            page++;
        }

        return Base + (page * PageBytes);
    }

    internal static long Op(GrantTableCommand command, void* arguments, ulong count) => Stubs.Call(Hypercall.GrantTableOp, (ulong)command, (ulong)arguments, count, 0);

    internal static void Say(ReadOnlySpan<byte> what, long answer, GrantStatus status) =>
        Signed(Signed(Line.Of("grants: "u8).Text(what).Text(" "u8), answer).Text(" status "u8), (short)status).Print();

    internal static Line Signed(Line line, long value) => value < 0 ? line.Text("-"u8).Number((ulong)-value) : line.Number((ulong)value);
}
