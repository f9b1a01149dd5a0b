using System;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Maps a page of this guest's own through its grant table, version 1. Source of the layouts: <c>grant_table.h</c>.</summary>
internal static unsafe class Grants
{
    private const Hypercall GrantTableOp = (Hypercall)20;
    private const ulong MapReference = 0;
    private const ulong UnmapReference = 1;
    private const ulong SetupTable = 2;
    private const uint HostMap = 2;
    private const uint Reference = 8;

    /// <summary>Times mapping and unmapping, for the domain of this number.</summary>
    internal static void Time(ulong self)
    {
        ulong table = Space.Page(140), granted = Space.Page(141), window = Space.Page(142);
        // Both are one operation to a profiler, since each undoes the other.
        if (!Install(table) || !Program.Begin())
        {
            return;
        }

        *(ulong*)(table + (Reference * 8)) = (Space.FrameOf(granted) << 32) | (self << 16) | 1;
        // gnttab_map_grant_ref: host_addr, flags and ref, dom and status and handle, dev_bus_addr.
        ulong* map = (ulong*)Space.Page(3);
        // gnttab_unmap_grant_ref: host_addr, dev_bus_addr, handle and status.
        ulong* unmap = (ulong*)Space.Page(4);
        TimedCall mapping = TimedCall.Of(GrantTableOp, MapReference, (ulong)map, 1);
        TimedCall unmapping = TimedCall.Of(GrantTableOp, UnmapReference, (ulong)unmap, 1);
        ulong leastMap = ulong.MaxValue, leastUnmap = ulong.MaxValue;
        for (int turn = 0; turn < Program.Turns; turn++)
        {
            map[0] = window;
            map[1] = ((ulong)Reference << 32) | HostMap;
            map[2] = self;
            ulong around = Timed.CallNothing(&mapping);
            leastMap = Math.Min(leastMap, Timed.Call(&mapping) - around);
            short status = unchecked((short)(map[2] >> 16));
            if (mapping.Answer != 0 || status != 0)
            {
                Program.Fail("grant map"u8, mapping.Answer != 0 ? mapping.Answer : status);
                return;
            }

            unmap[0] = window;
            unmap[1] = 0;
            unmap[2] = map[2] >> 32;
            leastUnmap = Math.Min(leastUnmap, Timed.Call(&unmapping) - around);
        }

        Program.Result("grant map"u8, leastMap);
        Program.Result("grant unmap"u8, leastUnmap);
    }

    /// <summary>Maps the table's first frame at an address.</summary>
    private static bool Install(ulong address)
    {
        // gnttab_setup_table: dom and nr_frames, status, frame_list.
        ulong frame = 0;
        ulong* setup = (ulong*)Space.Page(3);
        setup[0] = (1UL << 32) | Space.Self;
        setup[1] = 0;
        setup[2] = (ulong)&frame;
        long answer = Stubs.Call(GrantTableOp, SetupTable, (ulong)setup, 1, 0);
        if (answer == 0)
        {
            short status = unchecked((short)setup[1]);
            answer = status != 0 ? status : Kernel.Remap(address, (frame * Space.PageBytes) | Space.ReadWrite);
        }

        if (answer != 0)
        {
            Program.Fail("grant table"u8, answer);
        }

        return answer == 0;
    }
}
