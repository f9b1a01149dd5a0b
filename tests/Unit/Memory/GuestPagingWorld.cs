using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>A domain whose guest fills its page tables itself, and a recount of what all of them hold.</summary>
internal sealed class GuestPagingWorld : IDisposable
{
    public const ulong Table = 0x67;
    public const ulong ReadWrite = 0x67;
    public const ulong ReadOnly = 0x65;

    private readonly GuestMemoryWorld _memory;
    private readonly List<Mfn> _frames = [];
    private readonly int _budget;

    public GuestPagingWorld(DomainId owner, int frames, int budget = 4096)
    {
        _memory = new GuestMemoryWorld(owner);
        _budget = budget;
        Owner = owner;
        for (int frame = 0; frame < frames; frame++)
        {
            _frames.Add(_memory.Frame());
        }
    }

    public delegate Result Act(ref GuestPaging visit);

    public DomainId Owner { get; }

    public GuestMemoryWorld Memory => _memory;

    public IReadOnlyList<Mfn> Frames => _frames;

    public static ulong Entry(Mfn frame, ulong flags) => (frame.Value << PageSize.Shift) | flags;

    public static ulong Place(Mfn table, int index) => (table.Value << PageSize.Shift) + ((ulong)index * 8);

    public void Dispose() => _memory.Dispose();

    /// <summary>One visit, as a hypercall makes it.</summary>
    public Result Once(Act act)
    {
        using Locked<DomainRank> held = _memory.Lock();
        GuestPaging visit = new(in held, ref _memory.Frames, Owner);
        visit.LimitTo(_budget);
        Result result = act(ref visit);
        visit.Dispose();
        return result;
    }

    /// <summary>As often as the guest is told to repeat it, and until what it gave up is gone.</summary>
    public Errno Do(Act act)
    {
        Result result;
        int turns = 0;
        do
        {
            Assert.True(++turns < 100_000);
            result = Once(act);
        }
        while (result.Error == Errno.Again);
        while (Once((ref visit) => visit.Settle()).Error == Errno.Again)
        {
            Assert.True(++turns < 100_000);
        }

        return result.Error;
    }

    /// <summary>The guest writes a word of a frame that it has mapped writable.</summary>
    public void Poke(Mfn frame, int index, ulong value)
    {
        Assert.False(FrameCounts.HasContents(in FrameTable.Of(frame)));
        BinaryPrimitives.WriteUInt64LittleEndian(MemoryWorld.BytesOf(frame)[(index * 8)..], value);
    }

    public ulong Peek(Mfn frame, int index) => BinaryPrimitives.ReadUInt64LittleEndian(MemoryWorld.BytesOf(frame)[(index * 8)..]);

    /// <summary>Four tables with one page below, unpinned: root, three, two, one, page.</summary>
    public Mfn[] Chain()
    {
        Mfn[] chain = [_frames[0], _frames[1], _frames[2], _frames[3], _frames[4]];
        for (int level = 4; level > 1; level--)
        {
            Poke(chain[4 - level], 3, Entry(chain[5 - level], Table));
        }

        Poke(chain[3], 3, Entry(chain[4], ReadWrite));
        return chain;
    }

    public ulong TypeReferences(Mfn frame) => FrameCounts.TypeReferences(in FrameTable.Of(frame));

    /// <summary>Every count is what entries, pins and contents explain.</summary>
    public void Recount() => Recount([]);

    /// <summary>The same while one vCPU runs on a root.</summary>
    public void RecountWithRoot(Mfn root) => Recount(new() { [root.Value] = (1, 1) });

    private void Recount(Dictionary<ulong, (ulong All, ulong Typed)> wanted)
    {
        foreach (Mfn frame in _frames)
        {
            ref FrameInfo info = ref FrameTable.Of(frame);
            Add(wanted, frame, 1, 0);
            Add(wanted, frame, FrameCounts.HasContents(in info) ? 1UL : 0, 0);
            Add(wanted, frame, FrameCounts.IsPinned(in info) ? 1UL : 0, FrameCounts.IsPinned(in info) ? 1UL : 0);
            int level = (int)FrameCounts.TypeOf(in info);
            for (int index = 0; FrameCounts.HasContents(in info) && index < info.Progress; index++)
            {
                ulong entry = Peek(frame, index);
                if (GuestTables.IsGuestEntry(level, index) && HostFormat.IsPresent(level, entry))
                {
                    bool isTyped = level > 1 || (HostFormat.AccessOf(level, entry) & PageAccess.Write) != 0;
                    Mfn target = HostFormat.FrameOf(level, entry);
                    if (level > 1 && target == frame)
                    {
                        Assert.Equal(PageAccess.Read, HostFormat.AccessOf(level, entry) & PageAccess.Write);
                        continue;
                    }

                    if (level == 1 && DeviceFrames.AccessOf(target) != DeviceAccess.Memory)
                    {
                        continue;
                    }

                    bool isAcross = level > 1 && (HostFormat.AccessOf(level, entry) & PageAccess.Write) == 0 && FrameCounts.TypeOf(in FrameTable.Of(target)) == (FrameType)level;
                    FrameType below = isAcross ? (FrameType)level : level > 1 ? (FrameType)(level - 1) : FrameType.Writable;
                    Assert.Equal(below, isTyped ? FrameCounts.TypeOf(in FrameTable.Of(target)) : FrameType.Writable);
                    Assert.True(level == 1 || FrameCounts.IsValidated(in FrameTable.Of(target)));
                    Add(wanted, target, 1, isTyped ? 1UL : 0);
                }
            }
        }

        foreach (Mfn frame in _frames)
        {
            ref FrameInfo info = ref FrameTable.Of(frame);
            Assert.Equal(wanted[frame.Value], (FrameCounts.References(in info), FrameCounts.TypeReferences(in info)));
        }
    }

    private static void Add(Dictionary<ulong, (ulong All, ulong Typed)> counts, Mfn frame, ulong all, ulong typed)
    {
        (ulong All, ulong Typed) old = counts.GetValueOrDefault(frame.Value);
        counts[frame.Value] = (old.All + all, old.Typed + typed);
    }
}
