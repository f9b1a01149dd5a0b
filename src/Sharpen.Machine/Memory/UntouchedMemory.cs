using Sharpen.Machine.Collections;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Memory;

/// <summary>
/// RAM as the firmware gave it, kept as runs until somebody needs it, so that nothing walks all memory at boot. Before the
/// allocator stands, the first tables are taken from here directly; afterwards only the allocator takes, under its lock.
/// </summary>
internal static class UntouchedMemory
{
    internal struct UntouchedState
    {
        internal int Count;
        internal ulong Lost;
        internal Fixed256<UntouchedRange> Ranges;
    }

    private static ref UntouchedState State => ref Root.Of<UntouchedState>();

    /// <summary>Frames that lie in the runs.</summary>
    internal static ulong Frames
    {
        get
        {
            ref UntouchedState state = ref State;
            ulong frames = 0;
            for (int index = 0; index < state.Count; index++)
            {
                frames += state.Ranges[index].Frames.Frames;
            }

            return frames;
        }
    }

    /// <summary>Frames given up because the table of runs was full or their part of the frame table had no room.</summary>
    internal static ulong Lost => State.Lost;

    /// <summary>Adds a run. One that does not fit into the table is lost, not an error: the host runs with less.</summary>
    internal static void Add(FrameRange frames, int node)
    {
        ref UntouchedState state = ref State;
        if (frames.IsEmpty)
        {
            return;
        }

        if (state.Count == Fixed256<UntouchedRange>.Length)
        {
            state.Lost += frames.Frames;
            return;
        }

        state.Ranges[state.Count] = new UntouchedRange { Frames = frames, Node = node };
        state.Count++;
    }

    /// <summary>Gives up a run that was taken.</summary>
    internal static void Lose(ulong frames) => State.Lost += frames;

    /// <summary>Takes the highest naturally aligned block of a power of two of frames. A negative node means any.</summary>
    internal static bool TryTakeAligned(ulong frames, FrameRange within, int node, out Mfn first)
    {
        ref UntouchedState state = ref State;
        int best = -1;
        first = default;
        for (int index = 0; index < state.Count; index++)
        {
            FrameRange part = state.Ranges[index].Frames.Intersect(within);
            if (part.Frames < frames || (node >= 0 && state.Ranges[index].Node != node))
            {
                continue;
            }

            Mfn start = new((part.End.Value - frames) & ~(frames - 1));
            if (!(start < part.First) && (best < 0 || start > first))
            {
                best = index;
                first = start;
            }
        }

        if (best < 0)
        {
            return false;
        }

        Remove(ref state, best, new FrameRange(first, frames));
        return true;
    }

    /// <summary>Takes some run that lies within the bounds, whole or cut to them.</summary>
    internal static bool TryTakePart(FrameRange within, int node, out FrameRange part)
    {
        ref UntouchedState state = ref State;
        for (int index = 0; index < state.Count; index++)
        {
            part = state.Ranges[index].Frames.Intersect(within);
            if (!part.IsEmpty && state.Ranges[index].Node == node)
            {
                Remove(ref state, index, part);
                return true;
            }
        }

        part = default;
        return false;
    }

    /// <summary>The highest frame within the bounds that is still here.</summary>
    internal static bool TryFindTop(FrameRange within, int node, out Mfn top)
    {
        ref UntouchedState state = ref State;
        bool found = false;
        top = default;
        for (int index = 0; index < state.Count; index++)
        {
            FrameRange part = state.Ranges[index].Frames.Intersect(within);
            if (!part.IsEmpty && state.Ranges[index].Node == node && (!found || part.End > top))
            {
                found = true;
                top = part.End;
            }
        }

        top = found ? new Mfn(top.Value - 1) : top;
        return found;
    }

    private static void Remove(ref UntouchedState state, int index, FrameRange part)
    {
        UntouchedRange whole = state.Ranges[index];
        FrameRange below = FrameRange.Between(whole.Frames.First, part.First);
        FrameRange above = FrameRange.Between(part.End, whole.Frames.End);
        state.Count--;
        state.Ranges[index] = state.Ranges[state.Count];
        Add(below, whole.Node);
        Add(above, whole.Node);
    }
}
