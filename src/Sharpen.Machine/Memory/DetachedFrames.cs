namespace Sharpen.Machine.Memory;

/// <summary>Frames on their way out of a domain, which nobody can refer to. They go back before the domain's lock is let go, or to another domain or are freed before this CPU leaves.</summary>
public struct DetachedFrames
{
    private uint _first;

    /// <summary>Frees them all.</summary>
    public void Free()
    {
        while (TryTake(out Mfn frame))
        {
            FrameAllocator.FreeOfDomain(ref FrameTable.Of(frame));
        }
    }

    internal void Add(ref FrameInfo info)
    {
        info.Next = _first;
        _first = (uint)FrameTable.FrameOf(ref info).Value;
    }

    internal bool TryTake(out Mfn frame)
    {
        frame = new Mfn(_first);
        if (_first == 0)
        {
            return false;
        }

        ref FrameInfo info = ref FrameTable.Of(frame);
        _first = info.Next;
        info.Next = 0;
        return true;
    }
}
