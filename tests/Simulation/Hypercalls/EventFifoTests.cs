using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Simulation.Core;
using Xunit;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>The FIFO ABI of event channels, with the guest's half played by the test as the ABI asks for it.</summary>
public sealed class EventFifoTests : IDisposable
{
    private const ulong Array = KernelFile.Start + 0x1000;
    private const ulong Control = KernelFile.Start + 0x2000;
    private readonly CallerWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void It_begins_once_for_each_vCPU_and_says_how_long_links_are()
    {
        Assert.Equal(-(long)Errno.OpNotSupp, Expand(Array));
        Assert.Equal(0, Begin(0));
        Assert.Equal(17, CallerWorld.Load<EventChannelInitControl>(CallerWorld.Scratch).LinkBits);
        Assert.Equal(-(long)Errno.Inval, Begin(0));
        Assert.Equal(0, Begin(2));
        Assert.Equal(-(long)Errno.NoEnt, Begin(3));
        Assert.Equal(-(long)Errno.NoEnt, Begin(uint.MaxValue, 0));
    }

    [Theory]
    [InlineData(4U)]
    [InlineData(4096U - 64)]
    [InlineData(4096U)]
    [InlineData(uint.MaxValue)]
    public void Queues_must_fit_a_page(uint offset) => Assert.Equal(-(long)Errno.Inval, Begin(0, offset));

    [Fact]
    public void A_page_that_is_not_the_guests_or_is_a_page_table_is_refused()
    {
        EventChannelInitControl arguments = new() { ControlFrame = 0x7_ffff };
        Assert.Equal(-(long)Errno.Inval, Do(EventChannelCommand.InitControl, arguments));
        Assert.Equal(0, Begin(0));
        Assert.Equal(-(long)Errno.Inval, Do(EventChannelCommand.ExpandArray, new EventChannelExpandArray { ArrayFrame = ulong.MaxValue }));
        ulong root = Machine.Guest.GuestCpu.RootOf(in _world.Vcpu(0).Context).Value;
        Assert.NotEqual(0, Do(EventChannelCommand.ExpandArray, new EventChannelExpandArray { ArrayFrame = root }));
    }

    [Fact]
    public void Ports_are_taken_in_the_order_of_their_events_and_urgent_ones_first()
    {
        Start();
        uint[] ports = [Ipi(0), Ipi(0), Ipi(0), Ipi(0)];
        Assert.Equal(0, Do(EventChannelCommand.SetPriority, new EventChannelSetPriority { Port = ports[3], Priority = 0 }));
        foreach (uint port in ports)
        {
            Assert.Equal(0, Send(port));
            Assert.Equal(0, Send(port));
        }

        Assert.Equal([ports[3], ports[0], ports[1], ports[2]], TakeAll(0));
        Assert.Empty(TakeAll(0));
        Assert.Equal(0, Send(ports[2]));
        Assert.Equal(0, Send(ports[0]));
        Assert.Equal([ports[2], ports[0]], TakeAll(0));
    }

    [Fact]
    public void A_masked_port_waits_until_it_is_unmasked()
    {
        Start();
        uint port = Ipi(0);
        Word(port, word => word | EventWord.Masked);
        Assert.Equal(0, Send(port));
        Assert.Empty(TakeAll(0));
        Assert.Equal(0, Do(EventChannelCommand.Unmask, new EventChannelUnmask { Port = port }));
        Assert.Equal([port], TakeAll(0));
    }

    [Fact]
    public void A_port_that_changes_its_vCPU_goes_to_the_other_queue_next_time()
    {
        Start();
        Assert.Equal(0, Do(EventChannelCommand.AllocUnbound, new EventChannelAllocUnbound { Domain = 0x7ff0, RemoteDomain = 0x7ff0 }));
        uint far = CallerWorld.Load<EventChannelAllocUnbound>(CallerWorld.Scratch).Port;
        Assert.Equal(0, Do(EventChannelCommand.BindInterdomain, new EventChannelBindInterdomain { RemoteDomain = 0x7ff0, RemotePort = far }));
        uint near = CallerWorld.Load<EventChannelBindInterdomain>(CallerWorld.Scratch).LocalPort;
        Assert.Equal([near], TakeAll(0));
        Assert.Equal(0, Send(far));
        Assert.Equal(0, Do(EventChannelCommand.BindVcpu, new EventChannelBindVcpu { Port = near, Vcpu = 1 }));
        Assert.Equal(0, Send(far));
        Assert.Equal([near], TakeAll(0));
        Assert.Equal(0, Send(far));
        Assert.Empty(TakeAll(0));
        Assert.Equal([near], TakeAll(1));
    }

    [Fact]
    public void A_port_raised_before_it_has_a_word_is_raised_when_it_gets_one()
    {
        Assert.Equal(0, Begin(0));
        uint port = Ipi(0);
        Assert.Equal(0, Send(port));
        Assert.Equal(0, Expand(Array));
        Assert.Equal([port], TakeAll(0));
    }

    [Fact]
    public void The_number_of_a_closed_port_is_not_used_while_it_stands_in_a_queue()
    {
        Start();
        uint port = Ipi(0);
        Assert.Equal(0, Send(port));
        Assert.Equal(0, Do(EventChannelCommand.Close, new EventChannelClose { Port = port }));
        Assert.NotEqual(port, Ipi(0));
        Assert.Empty(TakeAll(0));
        Assert.Equal(port, Ipi(0));
    }

    [Fact]
    public void Priorities_are_refused_without_the_ABI_or_a_port_or_beyond_the_last()
    {
        uint port = Ipi(0);
        Assert.Equal(-(long)Errno.NoSys, Do(EventChannelCommand.SetPriority, new EventChannelSetPriority { Port = port, Priority = 1 }));
        Start();
        Assert.Equal(-(long)Errno.Inval, Do(EventChannelCommand.SetPriority, new EventChannelSetPriority { Port = port, Priority = 16 }));
        Assert.Equal(-(long)Errno.Inval, Do(EventChannelCommand.SetPriority, new EventChannelSetPriority { Port = port + 1, Priority = 1 }));
        Assert.Equal(0, Do(EventChannelCommand.SetPriority, new EventChannelSetPriority { Port = port, Priority = 15 }));
    }

    [Fact]
    public void A_reset_ends_it_and_it_can_begin_again()
    {
        Start();
        uint port = Ipi(0);
        Assert.Equal(0, Do(EventChannelCommand.Reset, new EventChannelReset { Domain = 0x7ff0 }));
        Assert.Equal(0, _world.Domain.Owned.Ports);
        Assert.Equal(-(long)Errno.Inval, Send(port));
        Assert.Equal(port, Ipi(0));
        Assert.Equal(0, Send(port));
        Assert.True(_world.IsPending(port));
        Start();
    }

    [Fact]
    public void Ports_beyond_the_first_slab_come_and_go()
    {
        _world.Domain.HighestPort = 5000;
        Start();
        List<uint> ports = [];
        for (int i = 0; i < 4999; i++)
        {
            ports.Add(Ipi(0));
        }

        Assert.Equal(4999U, ports[^1]);
        Assert.Equal(0, Send(700));
        Assert.Equal([700U], TakeAll(0));
        Assert.Equal(0, Send(4999));
        Assert.Empty(TakeAll(0));
        Assert.Equal(0, Do(EventChannelCommand.Close, new EventChannelClose { Port = 4000 }));
        Assert.Equal(4000U, Ipi(0));
        Assert.Equal(5000U, Ipi(0));
        Assert.Equal(-(long)Errno.NoSpc, Do(EventChannelCommand.BindIpi, new EventChannelBindIpi()));
        Assert.Equal(0, Do(EventChannelCommand.Reset, new EventChannelReset { Domain = 0x7ff0 }));
        Assert.Equal(0, _world.Domain.Owned.Ports);
        Assert.True(_world.Repeats > 10);
    }

    /// <summary>The guest writes what it likes into words, heads and ready bits, between and in place of what it should; the host stays whole.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Hostile_words_cost_the_guest_its_events_only(int seed)
    {
        Start();
        Random random = new(seed);
        uint[] ports = [Ipi(0), Ipi(1), Ipi(2), Ipi(0), Ipi(1)];
        for (int i = 0; i < 3000; i++)
        {
            uint port = ports[random.Next(ports.Length)];
            switch (random.Next(6))
            {
                case 0:
                    Word(port, _ => (uint)random.NextInt64(1L << 32));
                    break;
                case 1:
                    CallerWorld.Store(Control + (ulong)random.Next(3 * 128 / 4) * 4, (uint)random.NextInt64(1L << 32));
                    break;
                case 2:
                    Do(EventChannelCommand.SetPriority, new EventChannelSetPriority { Port = port, Priority = (uint)random.Next(18) });
                    break;
                case 3:
                    Do(EventChannelCommand.Unmask, new EventChannelUnmask { Port = port });
                    break;
                default:
                    Assert.Equal(0, Send(port));
                    break;
            }
        }

        Assert.Equal(0, Do(EventChannelCommand.Reset, new EventChannelReset { Domain = 0x7ff0 }));
        Start();
        uint sane = Ipi(0);
        Word(sane, _ => 0);
        Assert.Equal(0, Send(sane));
        Assert.Contains(sane, TakeAll(0));
    }

    private void Start()
    {
        Assert.Equal(0, Begin(0));
        Assert.Equal(0, Begin(1));
        Assert.Equal(0, Begin(2));
        Assert.Equal(0, Expand(Array));
    }

    private long Begin(uint vcpu) => Begin(vcpu, vcpu * 128);

    private long Begin(uint vcpu, uint offset) =>
        Do(EventChannelCommand.InitControl, new EventChannelInitControl { ControlFrame = _world.FrameAt(Control).Value, Offset = offset, Vcpu = vcpu });

    private long Expand(ulong address) => Do(EventChannelCommand.ExpandArray, new EventChannelExpandArray { ArrayFrame = _world.FrameAt(address).Value });

    private uint Ipi(uint vcpu)
    {
        Assert.Equal(0, Do(EventChannelCommand.BindIpi, new EventChannelBindIpi { Vcpu = vcpu }));
        return CallerWorld.Load<EventChannelBindIpi>(CallerWorld.Scratch).Port;
    }

    private long Send(uint port) => Do(EventChannelCommand.Send, new EventChannelSend { Port = port });

    private long Do<T>(EventChannelCommand command, T arguments)
        where T : unmanaged, IAbiData => _world.CallWith(Hypercall.EventChannelOp, (uint)command, arguments);

    private static void Word(uint port, Func<uint, uint> change) =>
        CallerWorld.Store(Array + (port * 4), change(CallerWorld.Load<EventWord>(Array + (port * 4)).Value));

    // What a kernel does: the most urgent ready queue first, from its head along the links.
    private static uint[] TakeAll(uint vcpu)
    {
        ulong block = Control + (vcpu * 128);
        uint[] next = new uint[EventQueues.Count];
        List<uint> taken = [];
        for (uint ready = Half(block); ready != 0; ready = Half(block))
        {
            int queue = System.Numerics.BitOperations.TrailingZeroCount(ready);
            ulong head = block + 8 + ((ulong)queue * 4);
            uint port = next[queue] != 0 ? next[queue] : Half(head);
            uint word = Half(Array + (port * 4));
            next[queue] = word & EventWord.Link;
            if (next[queue] == 0)
            {
                CallerWorld.Store(block, ready & ~(1U << queue));
            }

            CallerWorld.Store(Array + (port * 4), word & ~(EventWord.Linked | EventWord.Link | EventWord.Pending));
            if ((word & (EventWord.Pending | EventWord.Masked)) == EventWord.Pending)
            {
                taken.Add(port);
            }

            Assert.True(taken.Count < 100);
        }

        return [.. taken];
    }

    private static uint Half(ulong address) => CallerWorld.Load<EventWord>(address).Value;
}
