using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Memory;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Boot.Map;

/// <summary>
/// What memory the host has. Firmware's claims come in any order, overlap, repeat, are empty or run past the end of the address space; out
/// of them come ranges that are sorted and disjoint, where the most careful claim wins. Of the RAM among them, whole frames are usable,
/// less what is reserved: the image, the modules, whatever else the bring-up still needs.
/// </summary>
public static class MemoryMap
{
    /// <summary>The sorted, disjoint ranges, as the control domain will see them.</summary>
    public static ref RangeList Firmware => ref Root.Of<MemoryMapState>().Firmware;

    /// <summary>Whole frames of RAM that nothing uses; sorted, disjoint.</summary>
    public static ref RangeList Usable => ref Root.Of<MemoryMapState>().Usable;

    /// <summary>Makes both lists from firmware's claims.</summary>
    /// <param name="claims">As they came.</param>
    /// <param name="limit">The first machine address that this CPU or this build cannot use.</param>
    /// <returns>False when there is no usable RAM at all.</returns>
    public static bool Build(in RangeList claims, ulong limit)
    {
        Normalise(in claims, ref Firmware);
        Usable.Clear();
        foreach (MemoryRange range in Firmware.Ranges)
        {
            if (range.Kind == MemoryKind.Ram)
            {
                AddWholeFrames(range, limit & ~PageSize.OffsetMask);
            }
        }

        uint lost = Math.Max(claims.Lost, Math.Max(Firmware.Lost, Usable.Lost));
        if (lost != 0)
        {
            Log.Warning($"memory map: {lost} ranges too many, ignored");
        }

        return Usable.Count != 0;
    }

    /// <summary>Takes the frames of a range of bytes out of what is usable.</summary>
    public static void Reserve(MachineAddress start, ulong bytes)
    {
        ulong end = bytes > ulong.MaxValue - start.Value ? ulong.MaxValue : start.Value + bytes;
        ulong roundedEnd = end > ulong.MaxValue - PageSize.OffsetMask ? ulong.MaxValue : (end + PageSize.OffsetMask) & ~PageSize.OffsetMask;
        Usable.Carve(start.Value & ~PageSize.OffsetMask, bytes == 0 ? 0 : roundedEnd);
    }

    /// <summary>Sorted, disjoint ranges out of claims in any state.</summary>
    /// <remarks>Bounded by the square of the claims: each turn moves on to the next edge of any claim.</remarks>
    public static void Normalise(in RangeList claims, ref RangeList result)
    {
        result.Clear();
        ulong position = 0;
        while (true)
        {
            MemoryKind kind = MemoryKind.None;
            ulong next = ulong.MaxValue;
            foreach (MemoryRange claim in claims.Ranges)
            {
                bool covers = claim.Start <= position && position < claim.End;
                ulong edge = claim.Start > position ? claim.Start : claim.End > position ? claim.End : ulong.MaxValue;
                next = Math.Min(next, edge);
                kind = covers && claim.Kind > kind ? claim.Kind : kind;
            }

            if (kind != MemoryKind.None)
            {
                result.Append(new MemoryRange(position, next, kind));
            }

            if (next == ulong.MaxValue)
            {
                return;
            }

            position = next;
        }
    }

    /// <summary>Prints the ranges, as operators know them from other systems.</summary>
    public static void Report()
    {
        foreach (MemoryRange range in Firmware.Ranges)
        {
            Log.Info($" [{range.Start:p}, {range.End - 1:p}] ({NameOf(range.Kind)})");
        }

        Log.Info($"System RAM: {Usable.TotalBytes >> 20}MB ({Usable.TotalBytes >> 10}kB)");
    }

    private static string NameOf(MemoryKind kind) => kind switch
    {
        MemoryKind.Ram => "usable",
        MemoryKind.AcpiReclaimable => "ACPI data",
        MemoryKind.AcpiNonVolatile => "ACPI NVS",
        MemoryKind.Unusable => "unusable",
        _ => "reserved",
    };

    private static void AddWholeFrames(MemoryRange range, ulong limit)
    {
        ulong end = Math.Min(range.End, limit) & ~PageSize.OffsetMask;
        if (range.Start < end)
        {
            ulong start = (range.Start + PageSize.OffsetMask) & ~PageSize.OffsetMask;
            Usable.Append(new MemoryRange(start, end, MemoryKind.Ram));
        }
    }
}
