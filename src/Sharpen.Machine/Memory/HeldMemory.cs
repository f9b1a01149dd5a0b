using Sharpen.Machine.Collections;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Memory;

/// <summary>
/// RAM below 4 GiB that is nobody's yet because a boot module lies there: it goes to a domain as it is, or to the allocator once nobody
/// reads the module any more. All under the allocator's lock.
/// </summary>
internal static class HeldMemory
{
    internal struct HeldState
    {
        internal int Count;
        internal Fixed128<FrameRange> Ranges;
    }

    private static ref HeldState State => ref Root.Of<HeldState>();

    /// <summary>Adds a run. One that does not fit into the table is used by nobody.</summary>
    internal static void Add(FrameRange frames)
    {
        ref HeldState state = ref State;
        if (!frames.IsEmpty && state.Count < Fixed128<FrameRange>.Length)
        {
            state.Ranges[state.Count++] = frames;
        }
    }

    /// <summary>True when all of a run is here.</summary>
    internal static bool Has(FrameRange frames) => Find(frames) >= 0;

    /// <summary>Takes a run out. False: not all of it is here.</summary>
    internal static bool TryTake(FrameRange frames)
    {
        int index = Find(frames);
        if (index < 0)
        {
            return false;
        }

        FrameRange whole = RemoveAt(index);
        Add(FrameRange.Between(whole.First, frames.First));
        Add(FrameRange.Between(frames.End, whole.End));
        return true;
    }

    /// <summary>Takes any run out. False: there is none.</summary>
    internal static bool TryTakeAny(out FrameRange frames)
    {
        frames = State.Count == 0 ? default : RemoveAt(State.Count - 1);
        return !frames.IsEmpty;
    }

    private static int Find(FrameRange frames)
    {
        ref HeldState state = ref State;
        for (int index = 0; index < state.Count; index++)
        {
            FrameRange common = state.Ranges[index].Intersect(frames);
            if (!frames.IsEmpty && common.Frames == frames.Frames)
            {
                return index;
            }
        }

        return -1;
    }

    private static FrameRange RemoveAt(int index)
    {
        ref HeldState state = ref State;
        FrameRange range = state.Ranges[index];
        state.Ranges[index] = state.Ranges[--state.Count];
        return range;
    }
}
