using System;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>The one entry by which bring-up makes memory work.</summary>
public static class MemoryBoot
{
    /// <summary>
    /// After this: the direct map covers RAM, the image is mapped write-or-execute, frames can be allocated. Once, on the boot CPU,
    /// while it is alone.
    /// </summary>
    /// <param name="ram">Usable RAM that nobody else owns: less image, modules and whatever of the first megabyte is in use. In
    /// any order, without overlap.</param>
    /// <returns>ENOMEM when there is not enough memory below 4 GiB for the first tables.</returns>
    public static Result Initialise(ReadOnlySpan<FrameRange> ram)
    {
        DeviceFrames.AddRam(ram);
        ReservedAddresses.Withhold();
        foreach (FrameRange range in ram)
        {
            FrameAllocator.Add(range, node: 0);
        }

        if (!HostTables.Initialise().Try(out Errno error))
        {
            return error;
        }

        foreach (FrameRange range in ram)
        {
            if (!DirectMap.Extend<LockedHeapSource>(range).Try(out error))
            {
                return error;
            }
        }

        return Result.Success;
    }

    /// <summary>Memory that is neither the allocator's nor any guest's to map: modules, the page where CPUs wake.</summary>
    public static void Withhold(FrameRange frames) => DeviceFrames.Withhold(frames, DeviceAccess.Memory);

    /// <summary>Usable RAM below 4 GiB that is withheld for now: a domain may adopt it with what lies there, until <see cref="ReleaseHeld"/>.</summary>
    public static void Hold(FrameRange frames)
    {
        using Locked<HeapRank> held = FrameAllocator.Heap.Lock.Enter(NoLocks.Held);
        HeldMemory.Add(frames);
    }

    /// <summary>Gives the allocator what is still held, once nobody reads what lay there. It stays closed to devices.</summary>
    public static void ReleaseHeld()
    {
        using Locked<HeapRank> held = FrameAllocator.Heap.Lock.Enter(NoLocks.Held);
        while (HeldMemory.TryTakeAny(out FrameRange frames))
        {
            FrameAllocator.Add(frames, node: 0);
        }
    }
}
