namespace Sharpen.Machine.Memory;

/// <summary>Frames for page tables while the allocator's lock is held: from untouched memory, else from its lists.</summary>
internal readonly struct LockedHeapSource : ITableSource
{
    public static bool TryTake(out Mfn frame) =>
        UntouchedMemory.TryTakeAligned(1, Zones.MappedAtBoot, -1, out frame)
        || UntouchedMemory.TryTakeAligned(1, Zones.Mapped, -1, out frame)
        || FrameAllocator.TryTakeForTables(PageOrder.Small, out frame);
}
