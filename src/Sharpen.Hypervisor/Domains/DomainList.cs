using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// Where domains and vCPUs are found. A reference from here is valid until this CPU next leaves the hypervisor or idles:
/// it may live in a local, never in a field. What is stored is an id.
/// </summary>
public static class DomainList
{
    private static ref DomainsState State => ref Root.Of<DomainsState>();

    private const int MostDomains = 1024;
    private const int MostVcpus = 8192;

    /// <summary>The most domains that fit, for a walk with <see cref="At"/>.</summary>
    public static int Capacity => MostDomains;

    /// <summary>After this there can be domains. Once, when frames can be allocated. ENOMEM.</summary>
    public static Result Initialise()
    {
        ref DomainsState state = ref State;
        if (!state.Domains.Initialise(MostDomains).Try(out Errno noDomains))
        {
            return noDomains;
        }

        return state.Vcpus.Initialise(MostVcpus).Try(out Errno noVcpus) ? DomainStores.Initialise() : noVcpus;
    }

    /// <summary>Gives back memory that held domains and vCPUs which are gone; how many frames went back now.</summary>
    public static ulong Trim()
    {
        ref DomainsState state = ref State;
        using Locked<DomainListRank> held = state.Lock.Enter(NoLocks.Held);
        return state.Domains.Trim(held) + state.Vcpus.Trim(held) + DomainStores.Trim(held);
    }

    /// <summary>The domain with this number, whatever its phase, or <see cref="Refs.Null"/>.</summary>
    public static ref Domain Find(DomainId id)
    {
        if (!id.IsOrdinary)
        {
            return ref Refs.Null<Domain>();
        }

        ref Domain domain = ref State.Domains.Find(Volatile.Read(ref State.SlotOf[id.Value]) - 1);
        if (Refs.IsNull(ref domain) || domain.Phase == DomainPhase.None || domain.Id != id)
        {
            return ref Refs.Null<Domain>();
        }

        return ref domain;
    }

    /// <summary>The domain with the lowest number that is not below one. False: there is none.</summary>
    public static bool TryNext(uint least, out DomainId id)
    {
        ref DomainsState state = ref State;
        int limit = Volatile.Read(ref state.IdLimit);
        for (int next = (int)Math.Min(least, DomainId.OrdinaryLimit); next < limit; next++)
        {
            ref Domain domain = ref At(Volatile.Read(ref state.SlotOf[next]) - 1);
            if (!Refs.IsNull(ref domain) && domain.Phase != DomainPhase.Dead)
            {
                id = new DomainId((ushort)next);
                return true;
            }
        }

        id = DomainId.Invalid;
        return false;
    }

    /// <summary>The domain that stands for the host, or <see cref="Refs.Null"/>.</summary>
    public static ref Domain FindHardware()
    {
        for (int slot = 0; slot < MostDomains; slot++)
        {
            ref Domain domain = ref At(slot);
            if (!Refs.IsNull(ref domain) && domain.IsHardware)
            {
                return ref domain;
            }
        }

        return ref Refs.Null<Domain>();
    }

    /// <summary>The vCPU, or <see cref="Refs.Null"/>.</summary>
    public static ref Vcpu Find(VcpuId id)
    {
        ref Domain domain = ref Find(id.Domain);
        if (Refs.IsNull(ref domain))
        {
            return ref Refs.Null<Vcpu>();
        }

        return ref VcpuOf(ref domain, id.Index);
    }

    /// <summary>The domain of a vCPU; always there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref Domain Of(ref readonly Vcpu vcpu) => ref vcpu.Owner.Value;

    /// <summary>A domain's vCPU by a number as toolstacks write it, or <see cref="Refs.Null"/>. Any number may be asked for.</summary>
    public static ref Vcpu VcpuOf(ref Domain domain, uint index) => ref VcpuOf(ref domain, unchecked((int)index));

    /// <summary>A domain's vCPU by number, or <see cref="Refs.Null"/>. Any number may be asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref Vcpu VcpuOf(ref Domain domain, int index)
    {
        if (unchecked((uint)index) < Domain.MaxVcpus)
        {
            int slot = domain.VcpuSlots[index];
            if (slot != 0)
            {
                return ref State.Vcpus.Find(slot - 1);
            }
        }

        return ref Refs.Null<Vcpu>();
    }

    /// <summary>The most vCPUs that fit, for a walk with <see cref="VcpuAt"/>.</summary>
    public static int VcpuCapacity => MostVcpus;

    /// <summary>The vCPU in a slot below <see cref="VcpuCapacity"/>, or <see cref="Refs.Null"/>.</summary>
    internal static ref Vcpu VcpuAt(int slot) => ref State.Vcpus.Find(slot);

    /// <summary>Keeps the vCPU in a slot that is in use for the CPU that takes it.</summary>
    internal static KeptObject<Vcpu> KeepVcpu(int slot) => State.Vcpus.Keep(slot);

    /// <summary>The domain in a slot below <see cref="Capacity"/>, or <see cref="Refs.Null"/>: for walks over all.</summary>
    public static ref Domain At(int slot)
    {
        ref Domain domain = ref State.Domains.Find(slot);
        if (Refs.IsNull(ref domain) || domain.Phase == DomainPhase.None)
        {
            return ref Refs.Null<Domain>();
        }

        return ref domain;
    }

    /// <summary>
    /// A new domain, being built and paused once. <see cref="Errno.Inval"/>: not an ordinary id;
    /// <see cref="Errno.Exist"/>: the id is taken; <see cref="Errno.NoSpc"/>: there are too many; <see cref="Errno.NoMem"/>.
    /// </summary>
    public static Result Create(DomainId id)
    {
        if (!id.IsOrdinary)
        {
            return Errno.Inval;
        }

        using Locked<DomainListRank> held = State.Lock.Enter(NoLocks.Held);
        if (!Take(in held, id).Try(out int slot, out Errno error))
        {
            return error;
        }

        Publish(ref Reserved(slot));
        return Result.Success;
    }

    /// <summary>
    /// A slot for a new domain that nobody else can find before <see cref="Publish"/>. <see cref="Errno.Inval"/>: not an ordinary id;
    /// <see cref="Errno.Exist"/>: the id is taken; <see cref="Errno.NoSpc"/>: there are too many; <see cref="Errno.NoMem"/>.
    /// </summary>
    /// <param name="id">Its number; 0 for the next that is free.</param>
    internal static Result<int> Reserve(DomainId id)
    {
        if (!id.IsOrdinary)
        {
            return Errno.Inval;
        }

        ref DomainsState state = ref State;
        using Locked<DomainListRank> held = state.Lock.Enter(NoLocks.Held);
        if (id.Value == 0 && !TryNextFree(ref state, ref id))
        {
            return Errno.NoSpc;
        }

        return Take(in held, id);
    }

    /// <summary>The domain in a slot of <see cref="Reserve"/>.</summary>
    internal static ref Domain Reserved(int slot) => ref State.Domains.Find(slot);

    /// <summary>The domain has what every domain has: from here on it is found.</summary>
    internal static void Publish(ref Domain domain) => domain.Phase = DomainPhase.Building;

    private static Result<int> Take(scoped in Locked<DomainListRank> held, DomainId id)
    {
        ref DomainsState state = ref State;
        if (state.SlotOf[id.Value] != 0)
        {
            return Errno.Exist;
        }

        if (!state.Domains.Allocate(held).Try(out int slot, out Errno error))
        {
            return error;
        }

        ref Domain domain = ref state.Domains.Find(slot);
        domain.Id = id;
        domain.Slot = slot;
        domain.PauseCount = 1;
        domain.Weight = 256;
        domain.HighestPort = Domain.UsualHighestPort;
        Volatile.Write(ref state.SlotOf[id.Value], (ushort)(slot + 1));
        Volatile.Write(ref state.IdLimit, Math.Max(state.IdLimit, id.Value + 1));
        return slot;
    }

    // The one after the last that was given out, so that a number is not soon used again.
    private static bool TryNextFree(ref DomainsState state, ref DomainId id)
    {
        for (int tries = 1; tries < DomainId.OrdinaryLimit; tries++)
        {
            int next = state.LastId + 1 < DomainId.OrdinaryLimit ? state.LastId + 1 : 1;
            state.LastId = next;
            if (state.SlotOf[next] == 0)
            {
                id = new DomainId((ushort)next);
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Gives a domain a vCPU, down and not running. <see cref="Errno.Inval"/>: the number is too high; <see cref="Errno.Srch"/>: the domain is dying;
    /// <see cref="Errno.Exist"/>: it has that one; <see cref="Errno.NoSpc"/>: there are too many; <see cref="Errno.NoMem"/>.
    /// </summary>
    public static Result AddVcpu(ref Domain domain, int index)
    {
        if (index is < 0 or >= Domain.MaxVcpus)
        {
            return Errno.Inval;
        }

        using Locked<DomainListRank> held = State.Lock.Enter(NoLocks.Held);
        ref ushort mine = ref domain.VcpuSlots[index];
        if (mine != 0 || domain.Phase >= DomainPhase.Dying)
        {
            return mine != 0 ? Errno.Exist : Errno.Srch;
        }

        if (!State.Vcpus.Allocate(held).Try(out int slot, out Errno error))
        {
            return error;
        }

        ref Vcpu vcpu = ref State.Vcpus.Find(slot);
        vcpu.Id = new VcpuId(domain.Id, index);
        vcpu.Slot = slot;
        vcpu.Owner = State.Domains.Keep(domain.Slot);
        vcpu.Halts = VcpuHalt.Down;
        vcpu.InKernel = true;
        vcpu.TimerDeadline = Instant.Never;
        vcpu.PeriodicDeadline = Instant.Never;
        vcpu.CapDeadline = Instant.Never;
        vcpu.Unit.Prepare((ushort)Math.Clamp(domain.Weight, 1, ushort.MaxValue));
        vcpu.Runstates.Begin(Clock.Now);
        mine = (ushort)(slot + 1);
        VcpuInfos.Keep(ref domain, ref vcpu);
        domain.VcpuLimit = Math.Max(domain.VcpuLimit, index + 1);
        domain.Owned.Vcpus++;
        return Result.Success;
    }

    /// <summary>Takes all vCPUs of a dying domain back; nothing may refer to them any more.</summary>
    internal static void RemoveVcpus(ref Domain domain)
    {
        using Locked<DomainListRank> held = State.Lock.Enter(NoLocks.Held);
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref ushort mine = ref domain.VcpuSlots[index];
            if (mine != 0)
            {
                KeptObject<Domain> owner = State.Vcpus.Find(mine - 1).Owner;
                owner.Release();        // the vCPU still leads there, for whoever looks at it in this moment
                State.Vcpus.Free(held, mine - 1);
                mine = 0;
                domain.Owned.Vcpus--;
            }
        }
    }

    /// <summary>Frees the slot of a dead domain.</summary>
    internal static void Remove(ref Domain domain)
    {
        DomainPolicies.Release(ref domain);
        using Locked<DomainListRank> held = State.Lock.Enter(NoLocks.Held);
        domain.Phase = DomainPhase.None;
        Volatile.Write(ref State.SlotOf[domain.Id.Value], 0);
        State.Domains.Free(held, domain.Slot);
    }
}
