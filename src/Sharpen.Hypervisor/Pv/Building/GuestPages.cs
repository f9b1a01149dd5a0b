using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>The memory of a domain that is being built: which frame each of its pages is, and writing to them.</summary>
internal struct GuestPages
{
    private Fixed128<FrameRange> _ranges;
    private int _count;
    private DomainId _owner;

    /// <summary>How many pages there are.</summary>
    internal ulong Count { get; private set; }

    /// <summary>
    /// Takes frames for so many pages, in blocks as large as can be had. <see cref="Errno.NoMem"/>: there are not enough, or
    /// only in too many pieces; what was taken belongs to the domain and goes when it does.
    /// </summary>
    /// <param name="domain">The domain.</param>
    /// <param name="pages">How many.</param>
    /// <param name="request">Which frames.</param>
    internal Result Allocate(ref Domain domain, ulong pages, FrameRequest request)
    {
        _owner = domain.Id;
        int order = PageOrder.Max.Value;
        while (Count < pages)
        {
            while ((1UL << order) > pages - Count)
            {
                order--;
            }

            using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
            if (domain.Memory.Allocate(held, domain.Id, new PageOrder(order), request).Try(out Mfn first, out Errno error))
            {
                Add(new FrameRange(first, 1UL << order));
            }
            else if (order-- == 0)
            {
                return error;
            }

            if (_count == Fixed128<FrameRange>.Length && Count < pages)
            {
                return Errno.NoMem;
            }
        }

        return Result.Success;
    }

    /// <summary>The frame of a page below <see cref="Count"/>.</summary>
    internal readonly Mfn FrameOf(ulong page) => RunOf(page).First;

    /// <summary>The frames of pages from one below <see cref="Count"/> on, as many as follow each other in the host; at least its own.</summary>
    internal readonly FrameRange RunOf(ulong page)
    {
        for (int index = 0; index < _count; index++)
        {
            ref readonly FrameRange range = ref _ranges.ReadOnly[index];
            if (page < range.Frames)
            {
                return new FrameRange(range.First + page, range.Frames - page);
            }

            page -= range.Frames;
        }

        return new FrameRange(Mfn.Invalid, 1);
    }

    /// <summary>Clears pages from one on. <see cref="Errno.Inval"/>: one is not the domain's, or not writable.</summary>
    internal readonly Result Clear(ulong first, ulong count)
    {
        for (ulong page = first; page < first + count; page++)
        {
            if (!FrameRef<Writable>.Hold(FrameOf(page), _owner, out FrameRef<Writable> frame).Try(out Errno error))
            {
                return error;
            }

            using (Mapped view = Mapped.Open(in frame))
            {
                view.Bytes.Clear();
            }

            frame.Dispose();
        }

        return Result.Success;
    }

    /// <summary>Writes bytes from a pseudo-physical address on. <see cref="Errno.Inval"/>: a page is not the domain's, or not writable.</summary>
    internal readonly Result Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int offset = (int)(address & PageSize.OffsetMask);
            int now = Math.Min(bytes.Length, PageSize.Bytes - offset);
            if (!FrameRef<Writable>.Hold(FrameOf(address >> PageSize.Shift), _owner, out FrameRef<Writable> frame).Try(out Errno error))
            {
                return error;
            }

            using (Mapped view = Mapped.Open(in frame))
            {
                bytes.Slice(0, now).CopyTo(view.Bytes.Slice(offset));
            }

            frame.Dispose();
            bytes = bytes.Slice(now);
            address += (ulong)now;
        }

        return Result.Success;
    }

    private void Add(FrameRange range)
    {
        _ranges[_count++] = range;
        MachineToPhysical.Set(range, Count);
        Count += range.Frames;
    }
}
