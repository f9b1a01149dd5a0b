using System;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Guest;

/// <summary>The copies themselves: page by page, as far as the guest's pages go.</summary>
public static unsafe partial class GuestMemory
{
    private struct PassingState
    {
        internal fixed byte Bytes[PassingBytes];
    }

    private static partial byte* PassingPlace() => (byte*)SimulatedMachine.Current.StateOf(typeof(PassingState), sizeof(PassingState), SimulatedMachine.CurrentCpu);

    private static partial bool CopyIn(byte* to, GuestLinear from, int bytes)
    {
        for (int done = 0; done < bytes;)
        {
            if (!Find(from + (ulong)done, false, out Span<byte> page))
            {
                return false;
            }

            int now = Math.Min(page.Length, bytes - done);
            page[..now].CopyTo(new Span<byte>(to + done, now));
            done += now;
        }

        return true;
    }

    private static partial bool CopyOut(GuestLinear to, byte* from, int bytes)
    {
        for (int done = 0; done < bytes;)
        {
            if (!Find(to + (ulong)done, true, out Span<byte> page))
            {
                return false;
            }

            int now = Math.Min(page.Length, bytes - done);
            new Span<byte>(from + done, now).CopyTo(page);
            done += now;
        }

        return true;
    }

    private static bool Find(GuestLinear address, bool writes, out Span<byte> rest)
    {
        rest = default;
        Mfn root = GuestCpu.State.Root;
        if (root.Value != 0)
        {
            return FindByTables(root, address, writes, out rest);
        }

        if (!SimulatedMachine.Current.GuestPages.TryGetValue(address.Value >> PageSize.Shift, out SimulatedGuestPage? page)
            || (writes && !page.IsWritable))
        {
            return false;
        }

        rest = page.Bytes.AsSpan((int)(address.Value & PageSize.OffsetMask));
        return true;
    }

    private static bool FindByTables(Mfn root, GuestLinear address, bool writes, out Span<byte> rest)
    {
        rest = default;
        if (!GuestTables.TryTranslate(root, address.Value, out Mfn frame, out bool isWritable) || (writes && !isWritable))
        {
            return false;
        }

        if (frame.Value >= SimulatedMachine.Current.FrameLimit)
        {
            return false;       // a device: there is none behind the address
        }

        int offset = (int)(address.Value & PageSize.OffsetMask);
        rest = new Span<byte>(DirectMap.Pointer(frame.Start) + offset, PageSize.Bytes - offset);
        return true;
    }
}
