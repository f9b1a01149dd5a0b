using System.Threading;

namespace Sharpen.Machine.Memory;

/// <summary>
/// What each frame is to its owner: the number of the page that it is, or <see cref="Nobodys"/>. One word a frame, at the address that the
/// PV interface says, mapped read-only into every guest. Parts of 2 MiB, for 1 GiB of RAM each, exist once a domain has had memory
/// from there; elsewhere the table has holes. The numbers are the guests' own affair: nothing of ours relies on them.
/// </summary>
/// <remarks>
/// Safety: a part is written through the direct map, where it lies for good once it is mapped; guests have no other way to it than the
/// read-only mapping, and, if they may name the hypervisor as an owner of pages, read-only mappings of their own. Source: <c>arch-x86/xen-x86_64.h</c>, <c>MACH2PHYS_VIRT_START</c>.
/// </remarks>
public static unsafe class MachineToPhysical
{
    /// <summary>The entry of a frame that is no page of anybody's.</summary>
    public const ulong Nobodys = ulong.MaxValue;

    private const int PartShift = 18;
    private const ulong PartMask = (1UL << PartShift) - 1;
    private const ulong PartBytes = sizeof(ulong) << PartShift;
    private const int LargeLevel = 2;

    /// <summary>Where guests find it.</summary>
    public static ulong Start => AddressSpace.MachineToPhysical.Value;

    /// <summary>Where its room ends.</summary>
    public static ulong End => Start + AddressSpace.MachineToPhysicalBytes;

    /// <summary>Says which pages of their owner the frames of a run are, from a number on. Frames that no domain ever had are passed over.</summary>
    public static void Set(FrameRange frames, ulong page)
    {
        FrameRange known = frames.Intersect(FrameRange.Between(new Mfn(0), new Mfn(AddressSpace.FrameLimit)));
        ulong done = 0;
        while (done < known.Frames)
        {
            Mfn first = known.First + done;
            ulong inPart = System.Math.Min((PartMask + 1) - (first.Value & PartMask), known.Frames - done);
            ulong* entry = Find(first);
            if (entry != null)
            {
                Fill(entry, inPart, page + done);
            }

            done += inPart;
        }
    }

    private static void Fill(ulong* entry, ulong count, ulong page)
    {
        unchecked
        {
            for (ulong* end = entry + count; entry < end; entry++)
            {
                *entry = page++;
            }
        }
    }

    /// <summary>The entry of a frame: any number.</summary>
    public static ulong PageOf(Mfn frame)
    {
        ulong* entry = frame.Value < AddressSpace.FrameLimit ? Find(frame) : null;
        return entry == null ? Nobodys : Volatile.Read(ref *entry);
    }

    /// <summary>The frames behind part number so and so, or an invalid one where there is a hole.</summary>
    public static Mfn Part(ulong number) =>
        number < (AddressSpace.FrameLimit >> PartShift) && TryFindPart(number, out Mfn part) ? part : Mfn.Invalid;

    /// <summary>The first frame of the part behind the one that a frame lies in.</summary>
    internal static Mfn NextPart(Mfn frame) => new((frame.Value | PartMask) + 1);

    /// <summary>A frame has lost its owner.</summary>
    internal static void Forget(Mfn frame)
    {
        ulong* entry = Find(frame);
        if (entry != null)
        {
            Volatile.Write(ref *entry, Nobodys);
        }
    }

    /// <summary>True when a frame has an entry.</summary>
    internal static bool Covers(Mfn frame) => TryFindPart(frame.Value >> PartShift, out _);

    /// <summary>Gives the part that a frame lies in its memory: 2 MiB, aligned. False: no memory for page tables. Under the allocator's lock.</summary>
    internal static bool Populate(Mfn frame, Mfn memory)
    {
        PageFill.Set((byte*)DirectMap.Pointer(memory.Start), PartBytes);
        HostLinear start = AddressSpace.MachineToPhysical + ((frame.Value >> PartShift) * PartBytes);
        FrameRange frames = new(memory, PartBytes >> PageSize.Shift);
        if (!PageTables<HostFormat>.Map<LockedHeapSource>(HostTables.RootFrame, start, frames, PageAccess.User).Try(out _))
        {
            return false;
        }

        for (ulong index = 0; index < frames.Frames; index++)
        {
            FrameCounts.Show(ref FrameTable.Of(memory + index), FrameAllocator.HypervisorId);
        }

        return true;
    }

    private static ulong* Find(Mfn frame) => TryFindPart(frame.Value >> PartShift, out Mfn part)
        ? (ulong*)DirectMap.Pointer(part.Start) + (frame.Value & PartMask) : null;

    private static bool TryFindPart(ulong number, out Mfn part)
    {
        int level = 0;
        ulong* entry = PageTables<HostFormat>.Find(HostTables.RootFrame, AddressSpace.MachineToPhysical + (number * PartBytes), ref level);
        bool exists = level == LargeLevel && HostFormat.IsPresent(level, *entry);
        part = exists ? HostFormat.FrameOf(level, *entry) : Mfn.Invalid;
        return exists;
    }
}
