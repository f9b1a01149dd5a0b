namespace Sharpen.Machine.Memory;

/// <summary>Frames for page tables before there is an allocator: from memory that the boot tables map.</summary>
internal readonly struct BootSource : ITableSource
{
    public static bool TryTake(out Mfn frame) => UntouchedMemory.TryTakeAligned(1, Zones.MappedAtBoot, -1, out frame);
}
