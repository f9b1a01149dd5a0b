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
    private const int MostAdopting = Fixed128<FrameRange>.Length / 2;
    private const ulong LeastAdopted = 256;

    private Fixed128<FrameRange> _ranges;
    private int _count;
    private DomainId _owner;

    /// <summary>How many pages there are.</summary>
    internal ulong Count { get; private set; }

    /// <summary>
    /// Makes the whole pages of a file that bring-up holds in memory the domain's pages where they are, from a page on, after filling up to
    /// there. Nothing happens when that is not possible or not worth it: <see cref="WriteFile"/> copies what is not there. Errors as <see cref="Allocate"/>.
    /// </summary>
    /// <param name="domain">The domain.</param>
    /// <param name="address">The pseudo-physical address of the file's first byte.</param>
    /// <param name="file">Where that byte lies in the host; 0 when bring-up does not hold the file.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="request">Which frames to fill up with.</param>
    internal Result Adopt(ref Domain domain, ulong address, MachineAddress file, ulong bytes, FrameRequest request)
    {
        FrameRange frames = FrameRange.InsideBytes(file, file + bytes);
        ulong first = (address + PageSize.OffsetMask) >> PageSize.Shift;
        bool isAligned = file.Value != 0 && ((file.Value ^ address) & PageSize.OffsetMask) == 0;
        if (!isAligned || frames.Frames < LeastAdopted || first < Count || _count > MostAdopting)
        {
            return Result.Success;
        }

        Result done = Allocate(ref domain, first, request);
        if (!done.Try(out _) || _count == Fixed128<FrameRange>.Length)
        {
            return done;
        }

        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        done = domain.Memory.Adopt(held, domain.Id, frames);
        if (done.Try(out Errno error))
        {
            Add(frames);
        }

        return error == Errno.NoEnt ? Result.Success : done;
    }

    /// <summary>
    /// Takes frames until there are so many pages, in blocks as large as can be had. <see cref="Errno.NoMem"/>: there are not enough, or
    /// only in too many pieces; what was taken belongs to the domain and goes when it does.
    /// </summary>
    /// <param name="domain">The domain.</param>
    /// <param name="pages">How many in all.</param>
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

    /// <summary>Writes a file, less what is there because it was adopted. Errors as <see cref="Write"/>.</summary>
    /// <param name="address">The pseudo-physical address of the file's first byte.</param>
    /// <param name="file">Where that byte lies in the host; 0 when that does not matter.</param>
    /// <param name="bytes">The file.</param>
    internal readonly Result WriteFile(ulong address, MachineAddress file, ReadOnlySpan<byte> bytes)
    {
        int done = 0;
        while (done < bytes.Length)
        {
            ulong to = address + (ulong)(uint)done;
            FrameRange run = RunOf(to >> PageSize.Shift);
            ulong inRun = (run.Frames << PageSize.Shift) - (to & PageSize.OffsetMask);
            int now = (int)Math.Min(inRun, (ulong)(uint)(bytes.Length - done));
            bool isThere = file.Value != 0 && run.First.Start.Value + (to & PageSize.OffsetMask) == file.Value + (ulong)(uint)done;
            Result written = isThere ? Result.Success : Write(to, bytes.Slice(done, now));
            if (!written.Try(out _))
            {
                return written;
            }

            done += now;
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

    /// <summary>Fills a page with the numbers of the frames behind others, and with zeros. Errors as <see cref="Write"/>.</summary>
    /// <param name="page">Which to fill.</param>
    /// <param name="first">The first of the others.</param>
    /// <param name="count">How many of them, 512 at most.</param>
    /// <param name="run">What is left of the run that the call before ended in; none at first.</param>
    internal readonly Result WriteFrames(ulong page, ulong first, int count, ref FrameRange run)
    {
        if (!FrameRef<Writable>.Hold(FrameOf(page), _owner, out FrameRef<Writable> frame).Try(out Errno error))
        {
            return error;
        }

        using (Mapped view = Mapped.Open(in frame))
        {
            Span<ulong> words = view.Words;
            words.Slice(count).Clear();
            words = words.Slice(0, count);
            while (!words.IsEmpty)
            {
                run = run.IsEmpty ? RunOf(first + (ulong)(uint)(count - words.Length)) : run;
                int now = (int)Math.Min(run.Frames, (ulong)(uint)words.Length);
                Number(words.Slice(0, now), run.First.Value);
                run = new FrameRange(run.First + (ulong)(uint)now, run.Frames - (ulong)(uint)now);
                words = words.Slice(now);
            }
        }

        frame.Dispose();
        return Result.Success;
    }

    private static void Number(Span<ulong> words, ulong value)
    {
        foreach (ref ulong word in words)
        {
            word = unchecked(value++);
        }
    }

    private void Add(FrameRange range)
    {
        _ranges[_count++] = range;
        MachineToPhysical.Set(range, Count);
        Count += range.Frames;
    }
}
