using System;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Copies parts of frames that the caller holds.</summary>
public static unsafe class FrameCopy
{
    /// <summary>Copies bytes from one frame to another, or within one, as if all were read before any is written.</summary>
    /// <remarks>Safety: both frames are held, and what is copied lies within a page on either side; else it is a bug of ours.</remarks>
    public static void Copy(scoped in FrameRef<Untyped> from, int fromOffset, scoped in FrameRef<Writable> to, int toOffset, int bytes)
    {
        Bug.Unless(from.IsHeld && to.IsHeld && bytes >= 0 && fromOffset >= 0 && toOffset >= 0);
        Bug.Unless(fromOffset <= PageSize.Bytes - bytes && toOffset <= PageSize.Bytes - bytes);
        byte* source = GuestTables.View(from.Mfn);
        byte* target = GuestTables.View(to.Mfn);
        Buffer.MemoryCopy(source + fromOffset, target + toOffset, bytes, bytes);
        GuestTables.EndView(to.Mfn, target);
        GuestTables.EndView(from.Mfn, source);
    }
}
