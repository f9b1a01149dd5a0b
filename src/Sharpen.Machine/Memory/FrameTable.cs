using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Machine.Collections;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Memory;

/// <summary>
/// One <see cref="FrameInfo"/> per frame, in one array of host addresses with room for 16 TiB of RAM. It is populated
/// by granules of 2 MiB of table, each describing 256 MiB of RAM, when the allocator first takes memory from there.
/// </summary>
/// <remarks>Safety: a reference is handed out only for a granule whose bit is set, and a bit is set after the granule is mapped
/// and cleared; granules are never unmapped.</remarks>
internal static unsafe class FrameTable
{
    internal const int GranuleShift = 16;
    internal const ulong GranuleFrames = 1UL << GranuleShift;
    internal const int Granules = 1 << (32 - GranuleShift);

    /// <summary>Frames of memory that one granule of the table takes.</summary>
    internal const ulong TableFrames = (GranuleFrames * FrameInfo.Bytes) >> PageSize.Shift;

    internal struct TableState
    {
        internal int Populated;

        /// <summary>Every frame below this one is described.</summary>
        internal ulong Reach;
        internal Fixed1024<ulong> Present;
    }

    private static ref TableState State => ref Root.Of<TableState>();

    /// <summary>Granules that are populated.</summary>
    internal static int PopulatedGranules => State.Populated;

    /// <summary>The granule that describes a frame below <see cref="AddressSpace.FrameLimit"/>.</summary>
    internal static int GranuleOf(Mfn frame) => unchecked((int)(frame.Value >> GranuleShift));

    internal static FrameRange FramesOf(int granule) => new(new Mfn((ulong)granule << GranuleShift), GranuleFrames);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsPopulated(int granule) => (Volatile.Read(ref State.Present[granule >> 6]) & (1UL << (granule & 63))) != 0;

    /// <summary>What is known about a frame, or a null reference if it is no RAM that was ever used. Any number may be asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref FrameInfo Find(Mfn frame)
    {
        if (!Describes(frame))
        {
            return ref Unsafe.NullRef<FrameInfo>();
        }

        return ref Of(frame);
    }

    /// <summary>True when <see cref="Of"/> is about RAM that was ever used. Any number may be asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Describes(Mfn frame) => frame.Value < Volatile.Read(ref State.Reach) || IsKnown(frame);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsKnown(Mfn frame) => frame.Value < AddressSpace.FrameLimit && IsPopulated(GranuleOf(frame));

    /// <summary>For frames that a list or an allocation names, which are known to be populated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref FrameInfo Of(Mfn frame) => ref *(FrameInfo*)unchecked(AddressSpace.FrameTable.Value + (frame.Value * FrameInfo.Bytes));

    /// <summary>The frame that an element of the table is about.</summary>
    internal static Mfn FrameOf(ref readonly FrameInfo info) =>
        new((ulong)((FrameInfo*)Unsafe.AsPointer(ref Unsafe.AsRef(in info)) - (FrameInfo*)AddressSpace.FrameTable.Value));

    /// <summary>Gives a granule its memory: 2 MiB, aligned. False when there is no memory for page tables. Under the allocator's lock.</summary>
    internal static bool Populate(int granule, Mfn memory)
    {
        HostLinear start = AddressSpace.FrameTable + ((ulong)granule * GranuleFrames * FrameInfo.Bytes);
        if (!PageTables<HostFormat>.Map<LockedHeapSource>(HostTables.RootFrame, start, new FrameRange(memory, TableFrames), PageAccess.Write).Try(out _))
        {
            return false;
        }

        PageFill.Clear((byte*)start.Value, TableFrames << PageSize.Shift);
        ref TableState state = ref State;
        state.Populated++;
        ref ulong word = ref state.Present[granule >> 6];
        Volatile.Write(ref word, word | (1UL << (granule & 63)));
        ExtendReach(ref state);
        return true;
    }

    private static void ExtendReach(ref TableState state)
    {
        int granule = GranuleOf(new Mfn(state.Reach));
        while (granule < Granules && FramesOf(granule).End.Value <= AddressSpace.FrameLimit && IsPopulated(granule))
        {
            granule++;
        }

        Volatile.Write(ref state.Reach, (ulong)granule << GranuleShift);
    }
}
