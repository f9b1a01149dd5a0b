using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Features;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// What only some domains have much of: physical interrupts, ports beyond the first, event arrays. Each kind has a pool of its own with a limit for
/// all domains together; a domain stores slots. References from here are as those of <see cref="DomainList"/>.
/// </summary>
internal static class DomainStores
{
    private const int MostDomains = 1024;
    private const int MostGroups = 8 * 64;

    /// <summary>A million ports for all domains together.</summary>
    private const int MostSlabs = 8192;

    private struct State
    {
        internal Pool<PirqTable> Pirqs;
        internal Pool<PortGroup> Groups;
        internal Pool<PortSlab> Ports;
        internal Pool<EventArray> Arrays;
        internal Pool<CpuidTable> Policies;
    }

    private static ref State Own => ref Root.Of<State>();

    /// <summary>Once, when frames can be allocated. ENOMEM.</summary>
    internal static Result Initialise()
    {
        ref State own = ref Own;
        if (!own.Pirqs.Initialise(MostDomains).Try(out Errno noPirqs))
        {
            return noPirqs;
        }

        if (!own.Groups.Initialise(MostGroups).Try(out Errno noGroups))
        {
            return noGroups;
        }

        if (!own.Ports.Initialise(MostSlabs).Try(out Errno noPorts))
        {
            return noPorts;
        }

        return own.Arrays.Initialise(MostDomains).Try(out Errno noArrays) ? own.Policies.Initialise(2 * MostDomains) : noArrays;
    }

    /// <summary>Gives back memory that nothing lies in; how many frames went back now.</summary>
    internal static ulong Trim(scoped in Locked<DomainListRank> held)
    {
        ref State own = ref Own;
        return own.Pirqs.Trim(held) + own.Groups.Trim(held) + own.Ports.Trim(held) + own.Arrays.Trim(held) + own.Policies.Trim(held);
    }

    /// <summary>Room for what a domain is told of the CPU; its slot. ENOSPC, ENOMEM.</summary>
    internal static Result<int> AddPolicy() => Own.Policies.Allocate(NoLocks.Held);

    /// <summary>The policy in a slot that is in use; a null reference for any other number.</summary>
    internal static ref CpuidTable PolicyAt(int slot) => ref Own.Policies.Find(slot);

    /// <summary>Takes that room back.</summary>
    internal static void RemovePolicy(int slot) => Own.Policies.Free(NoLocks.Held, slot);

    /// <summary>Room for a domain's physical interrupts; its slot. ENOSPC, ENOMEM.</summary>
    internal static Result<int> AddPirqs(scoped in Locked<EventRank> held) => Own.Pirqs.Allocate(held);

    /// <summary>The physical interrupts in a slot that is in use.</summary>
    internal static ref PirqTable PirqsAt(int slot) => ref Own.Pirqs.Find(slot);

    /// <summary>Takes that room back.</summary>
    internal static void RemovePirqs(int slot) => Own.Pirqs.Free(NoLocks.Held, slot);

    /// <summary>Room for a group of slabs; its slot. ENOSPC, ENOMEM.</summary>
    internal static Result<int> AddPortGroup(scoped in Locked<EventRank> held) => Own.Groups.Allocate(held);

    /// <summary>The group in a slot that is in use.</summary>
    internal static ref PortGroup PortGroupAt(int slot) => ref Own.Groups.Find(slot);

    /// <summary>Takes that room back.</summary>
    internal static void RemovePortGroup(int slot) => Own.Groups.Free(NoLocks.Held, slot);

    /// <summary>Room for 128 ports; its slot. ENOSPC, ENOMEM.</summary>
    internal static Result<int> AddPorts(scoped in Locked<EventRank> held) => Own.Ports.Allocate(held);

    /// <summary>The ports in a slot that is in use.</summary>
    internal static ref PortSlab PortsAt(int slot) => ref Own.Ports.Find(slot);

    /// <summary>Takes that room back.</summary>
    internal static void RemovePorts(int slot) => Own.Ports.Free(NoLocks.Held, slot);

    /// <summary>Room for an event array; its slot. ENOSPC, ENOMEM.</summary>
    internal static Result<int> AddEventArray(scoped in Locked<EventRank> held) => Own.Arrays.Allocate(held);

    /// <summary>The array in a slot that is in use.</summary>
    internal static ref EventArray EventArrayAt(int slot) => ref Own.Arrays.Find(slot);

    /// <summary>Takes that room back.</summary>
    internal static void RemoveEventArray(int slot) => Own.Arrays.Free(NoLocks.Held, slot);
}
