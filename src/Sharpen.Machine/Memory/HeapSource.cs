using Sharpen.Machine.Locks;

namespace Sharpen.Machine.Memory;

/// <summary>Frames for page tables once the allocator stands; what is held is at most the lock of the host tables.</summary>
internal readonly struct HeapSource : ITableSource
{
    public static bool TryTake(out Mfn frame) => FrameAllocator.Allocate(NoLocks.Held, PageOrder.Small).Try(out frame, out _);
}
