using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Boot.Map;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Boot;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Boot.Hardware;

/// <summary>From the loader's memory map to a working allocator.</summary>
public static class HostMemory
{
    private const ulong FirstMebibyte = 1 << 20;
    private const ulong FourGibibytes = 1UL << 32;
    private const ulong LegacyVideo = 0xa0000;

    private struct State
    {
        internal Fixed1024<FrameRange> Ranges;
        internal Mfn Trampoline;
    }

    /// <summary>A page below 1 MiB where other CPUs can wake; invalid when there is none.</summary>
    public static Mfn TrampolinePage => Root.Of<State>().Trampoline;

    /// <summary>After this frames can be allocated. False, with the reason said, when this host cannot be used.</summary>
    /// <param name="limit">Use no memory from this address on.</param>
    public static bool Initialise(ulong limit)
    {
        ulong reach = 1UL << CpuFeatures.Host.PhysicalBits;
        if (!MemoryMap.Build(in BootLoader.Information.Memory, Math.Min(limit, reach)))
        {
            Log.Error($"No usable memory: the boot loader's memory map names no RAM below {Math.Min(limit, reach):x}");
            return false;
        }

        MemoryMap.Report();
        Root.Of<State>().Trampoline = FindTrampoline();
        if (!TrampolinePage.IsInvalid)
        {
            Withhold(TrampolinePage.Start, PageSize.Bytes);
        }

        Reserve();
        if (MemoryMap.Usable.Count == 0)
        {
            Log.Error($"No usable memory is left beside the image and the modules");
            return false;
        }

        if (!MemoryBoot.Initialise(UsableFrames()).Try(out Errno error))
        {
            Log.Error($"Not enough memory below 4 GiB for the hypervisor's own tables (error {(int)error})");
            return false;
        }

        ReportUnused();
        return true;
    }

    private static void ReportUnused()
    {
        MemoryStatistics memory = FrameAllocator.Statistics;
        ulong claimed = MemoryMap.Usable.TotalBytes >> PageSize.Shift;
        ulong kept = memory.TotalFrames - memory.LostFrames;
        if (kept < claimed)
        {
            Log.Warning($"memory map: {(claimed - kept) >> 8}MB lie too high or in too many pieces: not used");
        }
    }

    private static void Reserve()
    {
        MemoryMap.Reserve(default, FirstMebibyte);
        MemoryMap.Reserve(BootRecord.ImageStart, BootRecord.ImageBytes);
        foreach (BootModule module in BootLoader.Information.Modules)
        {
            if (IsUsable(in module))
            {
                MemoryBoot.Hold(FrameRange.InsideBytes(module.Start, module.Start + module.Bytes));
            }

            MemoryMap.Reserve(module.Start, module.Bytes);
            Withhold(module.Start, module.Bytes);
        }
    }

    // In one piece of RAM, apart from the image and the modules before it, below 4 GiB, where the direct map reaches from the start.
    private static bool IsUsable(in BootModule module)
    {
        foreach (MemoryRange range in MemoryMap.Usable.Ranges)
        {
            if (module.Start.Value >= range.Start && module.Start.Value < range.End && module.Bytes <= range.End - module.Start.Value)
            {
                return module.Start.Value < FourGibibytes && module.Bytes <= FourGibibytes - module.Start.Value;
            }
        }

        return false;
    }

    private static void Withhold(MachineAddress start, ulong bytes)
    {
        if (bytes == 0 || start.Value > ulong.MaxValue - PageSize.OffsetMask || bytes > ulong.MaxValue - PageSize.OffsetMask - start.Value)
        {
            return;
        }

        MemoryBoot.Withhold(FrameRange.Between(start.Frame, (start + bytes + PageSize.OffsetMask).Frame));
    }

    private static Mfn FindTrampoline()
    {
        foreach (MemoryRange range in MemoryMap.Usable.Ranges)
        {
            ulong end = Math.Min(range.End, LegacyVideo);
            if (end >= 2 * PageSize.Bytes && range.Start <= end - PageSize.Bytes)
            {
                return new MachineAddress(end - PageSize.Bytes).Frame;
            }
        }

        return Mfn.Invalid;
    }

    private static ReadOnlySpan<FrameRange> UsableFrames()
    {
        Span<FrameRange> frames = Root.Of<State>().Ranges.Span;
        int count = 0;
        foreach (MemoryRange range in MemoryMap.Usable.Ranges)
        {
            frames[count++] = new FrameRange(range.FirstFrame, range.Frames);
        }

        return frames.Slice(0, count);
    }
}
