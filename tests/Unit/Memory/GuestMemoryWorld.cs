using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Simulation;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>A machine with one domain's frames, which must all come back.</summary>
internal sealed class GuestMemoryWorld : IDisposable
{
    public const ulong PageAddress = 5UL << 12;
    public const ulong TableAddress = 6UL << 12;

    private readonly MemoryWorld _world;
    private readonly DomainId _owner;
    private readonly ulong _free;
    private SpinLock<DomainRank> _lock;
    private DomainFrames _frames;

    public GuestMemoryWorld(DomainId owner, bool hasMemoryBeyond = false)
    {
        SimulatedMachine machine = new();
        FrameRange beyond = new(new Mfn(machine.DirectMapFrames + 0x77), hasMemoryBeyond ? 0x2000UL : 0);
        _world = new MemoryWorld(machine, MemoryWorld.OneGranule, beyond);
        _owner = owner;
        MemoryWorld.TouchForDomain();
        MemoryWorld.TouchForDomain(FrameOptions.Anywhere);
        _free = MemoryWorld.FreeFrames;
    }

    public ref DomainFrames Frames => ref _frames;

    public int OpenWindows => _world.Machine.Memory.OpenWindows;

    public int Shootdowns => _world.Machine.Memory.Shootdowns;

    public void Dispose() => _world.Dispose();

    public Locked<DomainRank> Lock() => _lock.Enter(NoLocks.Held);

    public Mfn Frame()
    {
        using Locked<DomainRank> held = Lock();
        return _frames.Allocate(in held, _owner, PageOrder.Small).Expect();
    }

    public void TryFrame(List<Mfn> frames)
    {
        using Locked<DomainRank> held = Lock();
        if (_frames.Allocate(in held, _owner, PageOrder.Small).Try(out Mfn frame, out _))
        {
            frames.Add(frame);
        }
    }

    public Result Free(Mfn frame)
    {
        using Locked<DomainRank> held = Lock();
        return _frames.Free(in held, _owner, frame);
    }

    public Result EmptyTables(int budget)
    {
        using Locked<DomainRank> held = Lock();
        return _frames.EmptyTables(in held, budget);
    }

    public Result Create<TTable>(Mfn frame, DomainId owner, out FrameRef<TTable> table)
        where TTable : struct, IPageTable
    {
        using Locked<DomainRank> held = Lock();
        return GuestTables.Create(in held, frame, owner, out table);
    }

    /// <summary>A root with one page at <see cref="PageAddress"/> and its lowest table, to read, at <see cref="TableAddress"/>.</summary>
    public Mfn Space(out Mfn page, out Mfn leaf)
    {
        page = Frame();
        leaf = Frame();
        Create(Frame(), _owner, out FrameRef<L4Table> root).Expect();
        Create(Frame(), _owner, out FrameRef<L3Table> three).Expect();
        Create(Frame(), _owner, out FrameRef<L2Table> two).Expect();
        Create(leaf, _owner, out FrameRef<L1Table> one).Expect();
        FrameRef<Writable>.Hold(page, _owner, out FrameRef<Writable> writable).Expect();
        FrameRef<Untyped>.Hold(leaf, _owner, out FrameRef<Untyped> readable).Expect();
        GuestTables.Link(in root, 0, in three).Expect();
        GuestTables.Link(in three, 0, in two).Expect();
        GuestTables.Link(in two, 0, in one).Expect();
        GuestTables.Map(in one, 5, in writable).Expect();
        GuestTables.MapReadOnly(in one, 6, in readable).Expect();
        Mfn frame = root.Mfn;
        readable.Dispose();
        writable.Dispose();
        one.Dispose();
        two.Dispose();
        three.Dispose();
        root.Dispose();
        return frame;
    }

    /// <summary>One arbitrary, possibly refused, act of a builder.</summary>
    public void Play(int what, Mfn first, Mfn second, int index)
    {
        switch (what)
        {
            case 1:
                Create(1 + (index & 3), first);
                break;
            case 2:
                Link(1 + (index & 3), first, second, index);
                break;
            default:
                if ((index & 7) == 0)
                {
                    Free(first);
                }

                break;
        }
    }

    public void Destroy(int budget = 1000)
    {
        int turns = 0;
        while (EmptyTables(budget).Error is Errno.Again)
        {
            Assert.True(++turns < 1_000_000);
        }

        Result last;
        do
        {
            using Locked<DomainRank> held = Lock();
            last = _frames.Relinquish(in held, budget);
        }
        while (last.Error == Errno.Again);

        last.Expect();
        Assert.Equal(0UL, _frames.Count);
        Assert.Equal(_free, MemoryWorld.FreeFrames);
    }

    public void InParallel(int threads, Action<int> body)
    {
        Exception? failure = null;
        List<Thread> all = [.. Enumerable.Range(0, threads).Select(seed => new Thread(() =>
        {
            try
            {
                _world.Machine.Bind(seed);
                body(seed);
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        }))];
        all.ForEach(thread => thread.Start());
        all.ForEach(thread => thread.Join());
        Assert.Null(failure);
    }

    private void Create(int level, Mfn frame)
    {
        switch (level)
        {
            case 1:
                Create(frame, _owner, out FrameRef<L1Table> one);
                one.Dispose();
                break;
            case 2:
                Create(frame, _owner, out FrameRef<L2Table> two);
                two.Dispose();
                break;
            case 3:
                Create(frame, _owner, out FrameRef<L3Table> three);
                three.Dispose();
                break;
            default:
                Create(frame, _owner, out FrameRef<L4Table> four);
                four.Dispose();
                break;
        }
    }

    private void Link(int level, Mfn first, Mfn second, int index)
    {
        switch (level)
        {
            case 1:
                Map(first, second, index);
                break;
            case 2:
                Link<L2Table, L1Table>(first, second, index);
                break;
            case 3:
                Link<L3Table, L2Table>(first, second, index);
                break;
            default:
                Link<L4Table, L3Table>(first, second, index);
                break;
        }
    }

    private void Map(Mfn first, Mfn second, int index)
    {
        FrameRef<L1Table>.Hold(first, _owner, out FrameRef<L1Table> table);
        FrameRef<Writable>.Hold(second, _owner, out FrameRef<Writable> writable);
        FrameRef<Untyped>.Hold(second, _owner, out FrameRef<Untyped> readable);
        if (table.IsHeld && writable.IsHeld)
        {
            GuestTables.Map(in table, index, in writable);
        }
        else if (table.IsHeld && readable.IsHeld)
        {
            GuestTables.MapReadOnly(in table, index, in readable);
        }

        readable.Dispose();
        writable.Dispose();
        table.Dispose();
    }

    private void Link<TTable, TChild>(Mfn first, Mfn second, int index)
        where TTable : struct, ITableOf<TChild>
        where TChild : struct, IPageTable
    {
        FrameRef<TTable>.Hold(first, _owner, out FrameRef<TTable> table);
        FrameRef<TChild>.Hold(second, _owner, out FrameRef<TChild> child);
        if (table.IsHeld && child.IsHeld)
        {
            GuestTables.Link(in table, index, in child);
        }

        child.Dispose();
        table.Dispose();
    }
}
