using System;
using System.Collections.Generic;
using System.Linq;
using Sharpen.Hypervisor.Time;
using Sharpen.Machine.Time;
using Xunit;

namespace Sharpen.Unit.Time;

/// <summary>The timer heap against a model that sorts a list.</summary>
public sealed class TimerQueueTests
{
    [Fact]
    public void An_empty_queue_is_never_due()
    {
        TimerQueueState state = default;
        TimerQueue queue = new(ref state, new TimerEntry[4]);
        Assert.True(queue.Next == Instant.Never);
        Assert.False(queue.TryExpire(Instant.Never, out _));
        TimerHandle handle = TimerHandle.None;
        Assert.False(queue.Cancel(ref handle, new TimerName(TimerKind.VcpuSingleshot, 1)));
    }

    [Fact]
    public void A_full_queue_refuses_and_serves_again_after_a_cancel()
    {
        TimerQueueState state = default;
        TimerQueue queue = new(ref state, new TimerEntry[2]);
        TimerHandle[] handles = new TimerHandle[3];
        Assert.True(queue.TryArm(ref handles[0], Name(0), new Instant(10)));
        Assert.True(queue.TryArm(ref handles[1], Name(1), new Instant(5)));
        Assert.False(queue.TryArm(ref handles[2], Name(2), new Instant(1)));
        Assert.True(queue.TryArm(ref handles[0], Name(0), new Instant(2)));
        Assert.True(queue.Cancel(ref handles[1], Name(1)));
        Assert.True(queue.TryArm(ref handles[2], Name(2), new Instant(1)));
        Assert.Equal(1UL, queue.Next.Nanoseconds);
    }

    [Fact]
    public void A_stale_handle_does_not_reach_the_timer_that_has_its_slot_now()
    {
        TimerQueueState state = default;
        TimerQueue queue = new(ref state, new TimerEntry[1]);
        TimerHandle first = default, second = default;
        Assert.True(queue.TryArm(ref first, Name(1), new Instant(1)));
        Assert.True(queue.TryExpire(new Instant(1), out _));
        Assert.True(queue.TryArm(ref second, Name(2), new Instant(2)));
        Assert.False(queue.Cancel(ref first, Name(1)));
        Assert.Equal(1, queue.Count);
        Assert.Equal(2UL, queue.DeadlineOf(second, Name(2)).Nanoseconds);
    }

    [Fact]
    public void Never_disarms()
    {
        TimerQueueState state = default;
        TimerQueue queue = new(ref state, new TimerEntry[1]);
        TimerHandle handle = default;
        Assert.True(queue.TryArm(ref handle, Name(1), new Instant(1)));
        Assert.True(queue.TryArm(ref handle, Name(1), Instant.Never));
        Assert.Equal(0, queue.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    public void It_behaves_as_a_sorted_list_does(int capacity)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Play(new Random(seed), capacity, steps: 400, $"seed {seed}");
        }
    }

    private static void Play(Random random, int capacity, int steps, string label)
    {
        TimerQueueState state = default;
        TimerQueue queue = new(ref state, new TimerEntry[capacity]);
        TimerHandle[] handles = new TimerHandle[capacity + 3];
        List<(ulong Deadline, int Order, uint Id)> model = [];
        ulong now = 0;
        for (int step = 0; step < steps; step++)
        {
            uint id = (uint)random.Next(handles.Length);
            switch (random.Next(4))
            {
                case 0 or 1:
                    ulong deadline = now + (ulong)random.Next(20);
                    bool known = model.Any(timer => timer.Id == id);
                    Assert.True((known || model.Count < capacity) == queue.TryArm(ref handles[id], Name(id), new Instant(deadline)), label);
                    if (known || model.Count < capacity)
                    {
                        model.RemoveAll(timer => timer.Id == id);
                        model.Add((deadline, step, id));
                    }

                    break;
                case 2:
                    Assert.True((model.RemoveAll(timer => timer.Id == id) == 1) == queue.Cancel(ref handles[id], Name(id)), label);
                    break;
                default:
                    now += (ulong)random.Next(12);
                    Expire(queue, model, now, label);
                    break;
            }

            Assert.True(model.Count == queue.Count, label);
            Assert.True((model.Count == 0 ? ulong.MaxValue : model.Min(timer => timer.Deadline)) == queue.Next.Nanoseconds, label);
        }
    }

    private static void Expire(TimerQueue queue, List<(ulong Deadline, int Order, uint Id)> model, ulong now, string label)
    {
        foreach ((ulong deadline, _, uint id) in model.Where(timer => timer.Deadline <= now).Order().ToArray())
        {
            Assert.True(queue.TryExpire(new Instant(now), out ExpiredTimer expired), label);
            Assert.True(expired.Name == Name(id) && expired.Deadline.Nanoseconds == deadline, label);
        }

        Assert.False(queue.TryExpire(new Instant(now), out _), label);
        model.RemoveAll(timer => timer.Deadline <= now);
    }

    private static TimerName Name(uint id) => new(TimerKind.VcpuSingleshot, id);
}
