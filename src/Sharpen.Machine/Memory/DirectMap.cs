using System;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Host memory at a fixed distance, as far as it fits: how the hypervisor reaches a frame without mapping it first.</summary>
internal static unsafe partial class DirectMap
{
    /// <summary>True when every byte of the frame can be reached through <see cref="Pointer"/>.</summary>
    internal static bool Reaches(Mfn frame) => frame.Value < AddressSpace.DirectMapFrames;

    /// <summary>The bytes of a frame that the direct map reaches.</summary>
    /// <remarks>Safety: the caller owns the frame; the span ends with the visit.</remarks>
    internal static Span<byte> BytesOf(Mfn frame)
    {
        Bug.Unless(Reaches(frame));
        return new Span<byte>(Pointer(frame.Start), PageSize.Bytes);
    }

    /// <summary>Maps RAM above the first 4 GiB (those are mapped from the start). What lies beyond the map's end is left to windows.</summary>
    internal static Result Extend<TSource>(FrameRange ram)
        where TSource : struct, ITableSource
    {
        FrameRange part = ram.Intersect(Zones.RangeOf(MemoryZone.Direct));
        return part.IsEmpty
            ? Result.Success
            : PageTables<HostFormat>.Map<TSource>(HostTables.RootFrame, LinearOf(part.First.Start), part, PageAccess.Write);
    }
}
