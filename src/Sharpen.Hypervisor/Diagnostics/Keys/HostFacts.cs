using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Diagnostics.Keys;

/// <summary>The host's memory, time and nodes, for debug keys.</summary>
internal static class HostFacts
{
    private const int MaxShown = 64;

    /// <summary>Frames of the heap.</summary>
    internal static void ShowMemory()
    {
        MemoryStatistics memory = FrameAllocator.Statistics;
        Log.Report($"heap: {memory.TotalFrames} frames, {memory.UsedFrames} used, {memory.FreeFrames} free");
        Log.Report($"      {memory.UntouchedFrames} never used, {memory.LostFrames} lost, {memory.FrameTableFrames} for the frame table");
    }

    /// <summary>The time and what counts it.</summary>
    internal static void ShowClock()
    {
        Log.Report($"system time {Clock.Now} s, {HostCpus.Active.Count} CPUs online");
        Log.Report($"time stamp counter {Clock.TicksPerSecond} Hz, local timer {Clock.LocalTimerTicksPerSecond} Hz");
    }

    /// <summary>Which memory is near to which CPUs.</summary>
    internal static void ShowNodes()
    {
        ref AcpiFacts facts = ref Firmware.Facts;
        if (facts.Numa.Ranges.IsEmpty)
        {
            Log.Report($"one node: the firmware names no others");
        }

        foreach (NumaRange range in facts.Numa.Ranges)
        {
            Log.Report($"node {range.Proximity}: memory {range.Start} to {new MachineAddress(range.Start.Value + range.Bytes)}");
        }

        int shown = 0;
        foreach (AcpiCpu cpu in facts.Cpus)
        {
            if (shown++ < MaxShown)
            {
                Log.Report($"node {cpu.Proximity}: CPU with APIC id {cpu.ApicId}");
            }
        }
    }
}
