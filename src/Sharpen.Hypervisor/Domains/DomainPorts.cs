using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// The ports of one domain: which are in use, and where they lie. The first 128 lie in the domain, others in slabs that come as they are
/// needed and stay until it dies. Port 0 is never given out. All under the domain's event lock, but <see cref="Find"/>.
/// </summary>
internal static class DomainPorts
{
    private const uint PortsPerBlock = 64;
    private const int PortsPerGroup = PortSlab.Ports * PortGroup.Slabs;

    /// <summary>Ports that the guest's own interface can name: none beyond may be asked for.</summary>
    internal static uint InterfaceLimit(ref Domain domain) => domain.EventArraySlot != 0 ? EventArray.Ports : EventBits.Ports;

    /// <summary>Ports may be asked about below this: 64, or up to the end of the last block of 64 of which one was ever taken.</summary>
    internal static uint KnownLimit(ref Domain domain) => Math.Max(domain.KnownPorts, PortsPerBlock);

    /// <summary>A port that has a place, used or not, or <see cref="Refs.Null"/>. Any number may be asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref EventPort Find(ref Domain domain, uint port)
    {
        if (port < PortSlab.Ports)
        {
            return ref domain.Ports[unchecked((int)port)];
        }

        return ref FindHigh(ref domain, port);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref EventPort FindHigh(ref Domain domain, uint port)
    {
        if (port < EventArray.Ports)
        {
            ref PortGroup group = ref GroupOf(ref domain, port);
            if (!Refs.IsNull(ref group))
            {
                int slot = group.Slots[(int)(port % PortsPerGroup / PortSlab.Ports)];
                if (slot != 0)
                {
                    return ref DomainStores.PortsAt(slot - 1).Items[(int)(port % PortSlab.Ports)];
                }
            }
        }

        return ref Refs.Null<EventPort>();
    }

    /// <summary>Takes the lowest free port for what <paramref name="wanted"/> says. <see cref="Errno.NoSpc"/>: all are in use; <see cref="Errno.NoMem"/>.</summary>
    internal static Result<uint> Take(scoped in Locked<EventRank> held, ref Domain domain, in EventPort wanted)
    {
        uint limit = Math.Min(InterfaceLimit(ref domain), domain.IsHardware ? EventArray.Ports : Math.Min(domain.HighestPort, EventArray.Ports - 1) + 1);
        for (uint first = 0; first < limit; first += PortSlab.Ports)
        {
            if (UsedIn(ref domain, first) >= PortSlab.Ports)
            {
                continue;
            }

            if (!TryHave(held, ref domain, first).Try(out Errno error))
            {
                return error;
            }

            uint end = Math.Min(first + PortSlab.Ports, limit);
            for (uint port = Math.Max(first, 1); port < end; port++)
            {
                ref EventPort place = ref Find(ref domain, port);
                if (place.State == EventChannelState.Closed && !DomainFifo.IsLinked(ref domain, port))
                {
                    Fill(ref domain, ref place, port, in wanted);
                    return port;
                }
            }
        }

        return Errno.NoSpc;
    }

    /// <summary>Frees a port that is in use. The queue that it may still stand in is remembered.</summary>
    internal static void Free(ref Domain domain, uint port)
    {
        ref EventPort place = ref Find(ref domain, port);
        place = new EventPort { LastPriority = place.LastPriority, LastVcpu = place.LastVcpu };
        Count(ref domain, port, -1);
    }

    /// <summary>The first port in use from a number on; 0 for none.</summary>
    internal static uint Next(ref Domain domain, uint from)
    {
        for (uint port = from; port < EventArray.Ports; port++)
        {
            if (port % PortSlab.Ports == 0 && UsedIn(ref domain, port) == 0)
            {
                port += PortSlab.Ports - 1;
                continue;
            }

            ref EventPort place = ref Find(ref domain, port);
            if (!Refs.IsNull(ref place) && place.State != EventChannelState.Closed)
            {
                return port;
            }
        }

        return 0;
    }

    /// <summary>Gives all slabs back; no port is in use.</summary>
    internal static void Release(ref Domain domain)
    {
        for (int index = 0; index < domain.PortGroups.Span.Length; index++)
        {
            int group = domain.PortGroups[index];
            if (group == 0)
            {
                continue;
            }

            domain.PortGroups[index] = 0;
            ref PortGroup slabs = ref DomainStores.PortGroupAt(group - 1);
            foreach (int slot in slabs.Slots.ReadOnly)
            {
                if (slot != 0)
                {
                    DomainStores.RemovePorts(slot - 1);
                }
            }

            DomainStores.RemovePortGroup(group - 1);
        }
    }

    private static void Fill(ref Domain domain, ref EventPort place, uint port, in EventPort wanted)
    {
        byte lastPriority = place.LastPriority;
        ushort lastVcpu = place.LastVcpu;
        place = wanted;
        domain.KnownPorts = Math.Max(domain.KnownPorts, (port | (PortsPerBlock - 1)) + 1);
        place.Priority = EventPort.UsualPriority;
        place.LastPriority = lastPriority;
        place.LastVcpu = lastVcpu;
        Count(ref domain, port, 1);
    }

    private static ref PortGroup GroupOf(ref Domain domain, uint port)
    {
        int slot = domain.PortGroups[(int)(port / PortsPerGroup)];
        if (slot == 0)
        {
            return ref Refs.Null<PortGroup>();
        }

        return ref DomainStores.PortGroupAt(slot - 1);
    }

    // Port 0 counts as used: it never is free.
    private static int UsedIn(ref Domain domain, uint first)
    {
        if (first < PortSlab.Ports)
        {
            return domain.LowPortsUsed + 1;
        }

        ref PortGroup group = ref GroupOf(ref domain, first);
        return Refs.IsNull(ref group) ? 0 : group.Used[(int)(first % PortsPerGroup / PortSlab.Ports)];
    }

    private static void Count(ref Domain domain, uint port, int change)
    {
        if (port < PortSlab.Ports)
        {
            domain.LowPortsUsed += change;
            return;
        }

        ref byte used = ref GroupOf(ref domain, port).Used[(int)(port % PortsPerGroup / PortSlab.Ports)];
        used = (byte)(used + change);
    }

    private static Result TryHave(scoped in Locked<EventRank> held, ref Domain domain, uint first)
    {
        if (first < PortSlab.Ports)
        {
            return Result.Success;
        }

        ref int group = ref domain.PortGroups[(int)(first / PortsPerGroup)];
        if (group == 0)
        {
            if (!DomainStores.AddPortGroup(held).Try(out int made, out Errno error))
            {
                return error;
            }

            group = made + 1;
        }

        ref int slot = ref DomainStores.PortGroupAt(group - 1).Slots[(int)(first % PortsPerGroup / PortSlab.Ports)];
        if (slot != 0)
        {
            return Result.Success;
        }

        if (!DomainStores.AddPorts(held).Try(out int slab, out Errno full))
        {
            return full;
        }

        slot = slab + 1;
        return Result.Success;
    }
}
