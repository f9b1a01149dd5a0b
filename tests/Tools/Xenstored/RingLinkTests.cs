using System;
using System.Collections.Generic;
using Sharpen.Xen.Store;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

public sealed class RingLinkTests : IDisposable
{
    private readonly RingWorld _ring = new();

    public void Dispose() => _ring.Dispose();

    [Fact]
    public void A_request_is_answered()
    {
        _ring.Ask(StoreMessage.Write, "x\0value", 1);
        _ring.Ask(StoreMessage.Read, "x\0", 2);
        Assert.Equal(["OK\0", "value"], Texts(_ring.Hear()));
    }

    [Fact]
    public void A_request_and_an_answer_larger_than_the_ring_pass()
    {
        string value = new('v', 2000);
        _ring.Ask(StoreMessage.Write, $"x\0{value}", 1);
        _ring.Ask(StoreMessage.Read, "x\0", 2);
        Assert.Equal(["OK\0", value], Texts(_ring.Hear()));
    }

    /// <summary>Linux rings for the rest of a message only when its head was taken.</summary>
    [Fact]
    public void A_head_that_comes_alone_is_taken_at_once()
    {
        _ring.Say([2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0]);
        Assert.Equal(_ring[2052], _ring[2048]);
        _ring.Say("x\0"u8);
        Assert.Equal(["ENOENT\0"], Texts(_ring.Hear()));
    }

    [Fact]
    public void What_comes_together_is_answered_together()
    {
        byte[] request = [2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, (byte)'x', 0];
        int before = _ring.Notices;
        _ring.Say([.. request, .. request, .. request]);
        Assert.Equal(before + 1, _ring.Notices);
        Assert.Equal(["ENOENT\0", "ENOENT\0", "ENOENT\0"], Texts(_ring.Hear()));
    }

    [Fact]
    public void More_than_a_turn_does_is_answered_too()
    {
        byte[] request = [2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, (byte)'x', 0];
        List<byte> all = [];
        for (int count = 0; count < 50; count++)
        {
            all.AddRange(request);
        }

        _ring.Say(all.ToArray());
        Assert.Equal(50, _ring.Hear().Count);
    }

    /// <summary>The beginning of a transaction that waits holds up nothing else, and is not forgotten when the daemon dies.</summary>
    [Fact]
    public void What_waits_holds_up_nothing()
    {
        for (int step = 0; step < 12; step++)
        {
            using RingWorld ring = new() { Parks = true };
            ring.KillAt(step);
            ring.Ask(StoreMessage.TransactionStart, "\0", 1);
            ring.Ask(StoreMessage.Write, "x\0value", 2);
            ring.Ask(StoreMessage.Read, "x\0", 3);
            Assert.Equal(["OK\0", "value"], Texts(ring.Hear()));
            ring.Parks = false;
            ring.Run();
            Assert.Equal(["1\0"], Texts(ring.Hear()));
            Assert.Empty(ring.Guest.Parked);
        }
    }

    [Fact]
    public void Indices_wrap()
    {
        for (int offset = 2048; offset <= 2060; offset += 4)
        {
            _ring[offset] = uint.MaxValue - 10;
        }

        _ring.AttachAgain();
        _ring.Ask(StoreMessage.Write, "x\0value", 1);
        _ring.Ask(StoreMessage.Read, "x\0", 2);
        Assert.Equal(["OK\0", "value"], Texts(_ring.Hear()));
    }

    [Theory]
    [InlineData(2052, 2u)]
    [InlineData(2056, 2u)]
    [InlineData(2060, 0u)]
    public void An_impossible_index_silences_only_its_domain(int offset, uint error)
    {
        _ring[offset] = _ring[offset] + 5000;
        _ = _ring.World.Ask(_ring.Guest, StoreMessage.Watch, "x\0t\0");
        _ring.Run();
        Assert.Equal(error, _ring[2072]);
        Assert.Equal("OK\0", _ring.World.Write(_ring.World.Control, "/still", ""));
    }

    [Fact]
    public void A_request_that_is_too_long_silences_its_domain()
    {
        _ring.Say([2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0]);
        Assert.Equal(3u, _ring[2072]);
        Assert.Single(_ring.Lines);
    }

    [Fact]
    public void A_domain_that_does_not_listen_is_not_heard()
    {
        string value = new('v', 1000);
        _ring.Ask(StoreMessage.Write, $"x\0{value}", 1);
        _ring.Ask(StoreMessage.Read, "x\0", 2);
        _ring.Ask(StoreMessage.Read, "x\0", 3);
        uint taken = _ring[2048];
        _ring.Ask(StoreMessage.Write, "y\0", 4);
        Assert.Equal(taken, _ring[2048]);
        Assert.Equal(["OK\0", value, value, "OK\0"], Texts(_ring.Hear()));
    }

    [Fact]
    public void A_domain_may_begin_anew()
    {
        _ring.Ask(StoreMessage.Write, "x\0value", 1);
        _ring[2068] = 1;
        _ring.Run();
        Assert.Equal(0u, _ring[2068]);
        Assert.Equal(0u, _ring[2048]);
        _ring.Ask(StoreMessage.Read, "x\0", 2);
        Assert.Equal(["value"], Texts(_ring.Hear()));
    }

    /// <summary>Whenever the daemon dies, every request has one effect and one answer.</summary>
    [Fact]
    public void A_death_at_any_step_loses_and_repeats_nothing()
    {
        string value = new('v', 1900);
        for (int step = 1; step < 40; step++)
        {
            using RingWorld ring = new();
            ring.KillAt(step);
            List<string> answers = [];
            for (uint request = 1; request <= 3; request++)
            {
                ring.Ask(StoreMessage.Write, $"x{request}\0{value}", request);
                ring.Ask(StoreMessage.Read, $"x{request}\0", 10 + request);
                ring.Ask(StoreMessage.TransactionStart, "\0", 20 + request);
                answers.AddRange(Texts(ring.Hear()));
            }

            Assert.Equal(["OK\0", value, "1\0", "OK\0", value, "2\0", "OK\0", value, "3\0"], answers);
        }
    }

    private static List<string> Texts(List<(StoreHeader Header, string Text)> messages) => messages.ConvertAll(static message => message.Text);
}
