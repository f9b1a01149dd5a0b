using System;
using System.Collections.Generic;
using CsCheck;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Unit.Memory;
using Xunit;

namespace Sharpen.Unit.Pools;

/// <summary>Pools against a model, and the rule of reuse.</summary>
public sealed class PoolTests
{
    private struct Thing
    {
        internal int Name;
        internal long A, B, C, D, E, F, G;
    }

    [Fact]
    public void Find_agrees_with_a_dictionary() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 1000]).Array[1, 400].Select(Gen.Int[1, 300], Gen.Int[0, 3]).Sample(
            plan =>
            {
                ((bool Allocates, int Pick)[] steps, int capacity, int failEvery) = plan;
                using MemoryWorld world = new();
                Pool<Thing> pool = default;
                pool.Initialise(capacity).Expect();
                FrameAllocator.FailEvery((uint)failEvery);
                Dictionary<int, int> model = [];
                int names = 0;
                foreach ((bool allocates, int pick) in steps)
                {
                    int chosen = pick % capacity;
                    if (allocates && pool.Allocate(NoLocks.Held).Try(out int index, out _))
                    {
                        Assert.InRange(index, 0, capacity - 1);
                        Assert.Equal(0, pool.Find(index).Name);
                        pool.Find(index).Name = ++names;
                        pool.Find(index).G = names;
                        model.Add(index, names);
                    }
                    else if (!allocates && model.Remove(chosen))
                    {
                        pool.Free(NoLocks.Held, chosen);
                    }

                    Visit();
                    Assert.Equal(model.Count, pool.Count);
                }

                for (int index = -2; index < capacity + 2; index++)
                {
                    bool found = !Refs.IsNull(ref pool.Find(index));
                    Assert.Equal(model.TryGetValue(index, out int name), found);
                    Assert.True(!found || (pool.Find(index).Name == name && pool.Find(index).G == name));
                }
            },
            iter: 100);

    [Fact]
    public void A_slot_is_not_reused_while_a_CPU_may_still_look_at_it()
    {
        using MemoryWorld world = new();
        Pool<Thing> pool = default;
        pool.Initialise(1).Expect();
        int index = pool.Allocate(NoLocks.Held).Expect();
        ref Thing seen = ref pool.Find(index);
        seen.Name = 5;
        world.Machine.Bind(1);
        Quiescence.Join();
        pool.Free(NoLocks.Held, index);
        Assert.True(Refs.IsNull(ref pool.Find(index)));
        Assert.Equal(5, seen.Name);
        Assert.Equal(Errno.NoSpc, pool.Allocate(NoLocks.Held).Error);
        Quiescence.Leave();
        Assert.Equal(Errno.NoSpc, pool.Allocate(NoLocks.Held).Error);
        world.Machine.Bind(0);
        Visit();
        Assert.Equal(index, pool.Allocate(NoLocks.Held).Expect());
    }

    [Fact]
    public void A_CPU_that_came_in_later_does_not_delay_reuse()
    {
        using MemoryWorld world = new();
        Pool<Thing> pool = default;
        pool.Initialise(1).Expect();
        pool.Free(NoLocks.Held, pool.Allocate(NoLocks.Held).Expect());
        world.Machine.Bind(1);
        Quiescence.Join();
        world.Machine.Bind(0);
        Quiescence.Leave();
        Assert.Equal(0, pool.Allocate(NoLocks.Held).Expect());
    }

    [Fact]
    public void An_interrupt_on_a_CPU_that_is_inside_does_not_make_it_look_fresh()
    {
        using MemoryWorld world = new();
        ulong epoch = Quiescence.Retire();
        Quiescence.Enter();
        Assert.False(Quiescence.HasPassed(epoch));
        Quiescence.Leave();
        Assert.True(Quiescence.HasPassed(epoch));
        Quiescence.Enter();
        Assert.True(Quiescence.HasPassed(epoch));
    }

    [Fact]
    public void Empty_slabs_go_back_when_they_are_quiet()
    {
        using MemoryWorld world = new();
        MemoryWorld.Free(MemoryWorld.Allocate());
        Pool<Thing> pool = default;
        pool.Initialise(1000).Expect();
        ulong free = MemoryWorld.FreeFrames;
        for (int index = 0; index < 1000; index++)
        {
            Assert.Equal(index, pool.Allocate(NoLocks.Held).Expect());
        }

        Assert.Equal(Errno.NoSpc, pool.Allocate(NoLocks.Held).Error);
        for (int index = 0; index < 1000; index++)
        {
            pool.Free(NoLocks.Held, index);
        }

        Assert.Equal(0UL, pool.Trim(NoLocks.Held));
        Visit();
        Assert.NotEqual(0UL, pool.Trim(NoLocks.Held));
        Assert.Equal(0, pool.Slabs);
        Assert.Equal(free, MemoryWorld.FreeFrames);
    }

    [Fact]
    public void What_is_kept_is_followed_and_cannot_be_freed()
    {
        using MemoryWorld world = new();
        Pool<Thing> pool = default;
        pool.Initialise(10).Expect();
        int index = pool.Allocate(NoLocks.Held).Expect();
        pool.Find(index).Name = 7;
        KeptObject<Thing> one = pool.Keep(index);
        KeptObject<Thing> two = pool.Keep(index);
        Assert.Equal(7, one.Value.Name);
        Assert.True(Refs.AreSame(ref two.Value, ref pool.Find(index)));
        one.Release();
        Assert.True(Refs.IsNull(ref one.Value));
        Assert.ThrowsAny<Exception>(() => pool.Free(NoLocks.Held, index));
        two.Release();
        two.Release();
        pool.Free(NoLocks.Held, index);
        Assert.True(Refs.IsNull(ref pool.Find(index)));
        Assert.ThrowsAny<Exception>(() => _ = pool.Keep(index));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Absurd_capacities_are_refused(int capacity)
    {
        using MemoryWorld world = new();
        Pool<Thing> pool = default;
        Assert.Equal(Errno.Inval, pool.Initialise(capacity).Error);
        Assert.True(Refs.IsNull(ref pool.Find(0)));
    }

    private static void Visit()
    {
        Quiescence.Leave();
        Quiescence.Enter();
    }
}
