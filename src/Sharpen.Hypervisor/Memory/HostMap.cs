using System;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Memory;

/// <summary>
/// The host's memory map as the control domain sees it: the firmware's, sorted, and as reserved what the hypervisor keeps of the rest.
/// Filled while the boot CPU is alone.
/// </summary>
public static class HostMap
{
    private const uint Ram = 1;
    private const uint Reserved = 2;

    private static ref HostMapState State => ref Root.Of<HostMapState>();

    /// <summary>All ranges, in ascending order.</summary>
    public static ReadOnlySpan<MapEntry> Entries => State.Entries.ReadOnly.Slice(0, State.Count);

    /// <summary>Whole frames of RAM, whoever has them.</summary>
    public static ulong RamFrames
    {
        get
        {
            ulong frames = 0;
            foreach (MapEntry entry in Entries)
            {
                frames += entry.Kind == Ram ? entry.Bytes / Machine.Memory.PageSize.Bytes : 0;
            }

            return frames;
        }
    }

    /// <summary>The frame behind the last one of RAM.</summary>
    public static Mfn RamEnd
    {
        get
        {
            ulong end = 0;
            foreach (MapEntry entry in Entries)
            {
                end = entry.Kind == Ram ? entry.Start + entry.Bytes : end;
            }

            return new MachineAddress(end).Frame;
        }
    }

    /// <summary>Adds the range that follows all others; one too many is left out.</summary>
    public static void Append(ulong start, ulong bytes, uint kind)
    {
        ref HostMapState state = ref State;
        if (state.Count < Fixed256<MapEntry>.Length)
        {
            state.Entries[state.Count++] = new MapEntry { Start = start, Bytes = bytes, Kind = kind };
        }
    }

    /// <summary>Adds a reserved range where nothing is known about any of it.</summary>
    public static void Reserve(ulong start, ulong bytes)
    {
        ref HostMapState state = ref State;
        int place = state.Count;
        while (place > 0 && state.Entries[place - 1].Start >= start)
        {
            place--;
        }

        bool isBehind = place == 0 || start - state.Entries[place - 1].Start >= state.Entries[place - 1].Bytes;
        bool isBefore = place == state.Count || state.Entries[place].Start - start >= bytes;
        if (!isBehind || !isBefore || state.Count == Fixed256<MapEntry>.Length)
        {
            return;
        }

        for (int index = state.Count; index > place; index--)
        {
            state.Entries[index] = state.Entries[index - 1];
        }

        state.Entries[place] = new MapEntry { Start = start, Bytes = bytes, Kind = Reserved };
        state.Count++;
    }
}
