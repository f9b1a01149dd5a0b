using System;
using System.Text;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Layouts;
using Xunit;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>console_io, of the hardware domain and of others.</summary>
public sealed class ConsoleIoTests : IDisposable
{
    private const ulong Scratch = CallerWorld.Scratch;
    private readonly CallerWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Another_domain_writes_lines_and_reads_nothing()
    {
        _world.Type("key");
        Assert.Equal(0, Write("half "));
        Assert.Equal(0, Write("a line\n"));
        Assert.EndsWith("(d1) half a line\r\n", _world.SerialText, StringComparison.Ordinal);
        Assert.Equal(-(long)Errno.Perm, Read(16));
    }

    [Fact]
    public void The_hardware_domain_writes_as_it_likes()
    {
        _world.Domain.IsHardware = true;
        Assert.Equal(0, Write("login: "));
        Assert.EndsWith("\nlogin: ", "\n" + _world.SerialText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hardware_domain_reads_what_was_typed()
    {
        _world.Domain.IsHardware = true;
        Assert.Equal(0, Read(16));
        ConsoleInput.AttachGuest(startsAtHypervisor: false);
        _world.Type("ls\n");
        Assert.Equal(2, Read(2));
        Assert.Equal("ls", Text(2));
        Assert.Equal(1, Read(16));
        Assert.Equal(0, Read(16));
    }

    [Fact]
    public void Typing_raises_the_console_interrupt()
    {
        _world.Domain.IsHardware = true;
        ConsoleInput.AttachGuest(startsAtHypervisor: false);
        Assert.Equal(0, _world.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.BindVirq, new EventChannelBindVirq { Virq = Virq.Console }));
        uint port = CallerWorld.Load<EventChannelBindVirq>(Scratch).Port;
        _world.Type("x");
        Assert.True(_world.IsPending(port));
    }

    [Fact]
    public void New_lines_raise_the_ring_interrupt()
    {
        _world.Domain.IsHardware = true;
        Assert.Equal(0, _world.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.BindVirq, new EventChannelBindVirq { Virq = Virq.ConsoleRing }));
        uint port = CallerWorld.Load<EventChannelBindVirq>(Scratch).Port;
        Assert.False(_world.IsPending(port));
        Log.Info($"news");
        Assert.Equal(0, Read(0));
        Assert.True(_world.IsPending(port));
    }

    [Fact]
    public void A_long_text_is_written_in_pieces()
    {
        _world.Domain.IsHardware = true;
        ulong many = (0x1000 - (Scratch & 0xfff)) & 0xfff;
        Assert.Equal(0, _world.Call(Hypercall.ConsoleIo, 0, many == 0 ? 0x1000 : many, Scratch));
    }

    [Theory]
    [InlineData(0x8000_0000UL, Errno.TooBig)]
    [InlineData(0xffff_ffffUL, Errno.TooBig)]
    [InlineData(0x7fff_ffffUL, Errno.Fault)]
    public void Hostile_lengths_are_refused(ulong count, Errno error)
    {
        _world.Domain.IsHardware = true;
        Assert.Equal(-(long)Errno.Fault, _world.Call(Hypercall.ConsoleIo, 0, count, CallerWorld.Forbidden));
        Assert.Equal(-(long)error, _world.Call(Hypercall.ConsoleIo, 1, count, CallerWorld.Forbidden));
    }

    private long Write(string text)
    {
        Bytes64 bytes = default;
        Encoding.ASCII.GetBytes(text, Layout.BytesOf(ref bytes));
        CallerWorld.Store(Scratch, bytes);
        return _world.Call(Hypercall.ConsoleIo, 0, (ulong)text.Length, Scratch);
    }

    private long Read(ulong count) => _world.Call(Hypercall.ConsoleIo, 1, count, Scratch);

    private static string Text(int length)
    {
        Bytes64 bytes = CallerWorld.Load<Bytes64>(Scratch);
        return Encoding.ASCII.GetString(Layout.BytesOf(ref bytes)[..length]);
    }
}
