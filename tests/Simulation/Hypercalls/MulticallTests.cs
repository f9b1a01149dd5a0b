using System;
using Sharpen.Abi;
using Sharpen.Machine.Layouts;
using Xunit;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>Lists of calls.</summary>
public sealed class MulticallTests : IDisposable
{
    private const ulong List = CallerWorld.Scratch;
    private readonly CallerWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Each_answer_is_written_into_its_entry()
    {
        Put(0, Hypercall.XenVersion, (uint)VersionCommand.Version);
        Put(1, (Hypercall)63);
        Put(2, Hypercall.XenVersion, (uint)VersionCommand.PageSize);
        Assert.Equal(0, _world.Call(Hypercall.Multicall, List, 3));
        Assert.Equal((4L << 16) | 17, ResultOf(0));
        Assert.Equal(-(long)Errno.NoSys, ResultOf(1));
        Assert.Equal(4096, ResultOf(2));
        Assert.Equal(0, _world.Repeats);
    }

    [Fact]
    public void A_list_of_none_is_done() => Assert.Equal(0, _world.Call(Hypercall.Multicall, 0, 0));

    [Fact]
    public void A_list_in_a_list_is_refused_and_the_next_list_is_not()
    {
        Put(0, Hypercall.Multicall, List, 1);
        Assert.Equal(0, _world.Call(Hypercall.Multicall, List, 1));
        Assert.Equal(-(long)Errno.Inval, ResultOf(0));
        Assert.Equal(0, _world.Call(Hypercall.Multicall, List, 1));
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 1)]
    [InlineData(70, 1)]
    public void A_long_list_is_done_in_pieces(ulong count, int pauses)
    {
        for (ulong index = 0; index < count; index++)
        {
            Put(index % 64, Hypercall.XenVersion, (uint)VersionCommand.PageSize);
        }

        // Entries of 64 bytes fill the page; the rest of the list lies in the page behind it, which is mapped too.
        for (ulong index = 64; index < count; index++)
        {
            Put(index, Hypercall.XenVersion, (uint)VersionCommand.PageSize);
        }

        Assert.Equal(0, _world.Call(Hypercall.Multicall, List, count));
        Assert.Equal(pauses, _world.Repeats);
        for (ulong index = 0; index < count; index++)
        {
            Assert.Equal(4096, ResultOf(index));
        }
    }

    [Fact]
    public void A_yield_to_nobody_does_not_pause_the_list()
    {
        Put(0, Hypercall.SchedOp, (uint)SchedCommand.Yield);
        Put(1, Hypercall.XenVersion, (uint)VersionCommand.PageSize);
        Assert.Equal(0, _world.Call(Hypercall.Multicall, List, 2));
        Assert.Equal(0, _world.Repeats);
        Assert.Equal(0, ResultOf(0));
        Assert.Equal(4096, ResultOf(1));
    }

    [Theory]
    [InlineData(0UL, 1UL)]
    [InlineData(CallerWorld.Forbidden, 1UL)]
    [InlineData(ulong.MaxValue - 10, 1UL)]
    [InlineData(List + 4096 - 32, 0xffff_ffffUL)]
    public void A_list_that_cannot_be_read_is_refused(ulong list, ulong count)
    {
        // The last one begins in guest memory and ends far behind it.
        Assert.Equal(-(long)Errno.Fault, _world.Call(Hypercall.Multicall, list, count));
        Assert.Equal(4096, _world.Call(Hypercall.XenVersion, (uint)VersionCommand.PageSize));
    }

    [Fact]
    public void A_call_that_stops_the_domain_ends_the_list()
    {
        CallerWorld.Store(List + 0x800, new SchedShutdown { Reason = ShutdownReason.PowerOff });
        Put(0, Hypercall.SchedOp, (uint)SchedCommand.Shutdown, List + 0x800);
        Put(1, Hypercall.XenVersion, (uint)VersionCommand.PageSize);
        _world.Call(Hypercall.Multicall, List, 2);
        Assert.Equal(Sharpen.Machine.Guest.NextStep.Idle, _world.Step);
    }

    private static void Put(ulong index, Hypercall number, ulong first = 0, ulong second = 0)
    {
        MulticallEntry entry = new() { Operation = (ulong)number, Result = 0x5555 };
        Span<ulong> arguments = Layout.Items<Words6, ulong>(ref entry.Arguments);
        arguments[0] = first;
        arguments[1] = second;
        CallerWorld.Store(List + (index * 64), entry);
    }

    private static long ResultOf(ulong index) => unchecked((long)CallerWorld.Load<MulticallEntry>(List + (index * 64)).Result);
}
