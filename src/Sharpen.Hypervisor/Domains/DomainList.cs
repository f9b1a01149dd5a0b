using System;
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

    private static Span<Domain> Domains => State.Domains.Span;

    private static Span<Vcpu> Vcpus => State.Vcpus.Span;

    /// <summary>The most domains that fit, for a walk with <see cref="At"/>.</summary>
    public static int Capacity => Domains.Length;

    /// <summary>The domain with this number, whatever its phase, or <see cref="Refs.Null"/>.</summary>
    public static ref Domain Find(DomainId id)
    {
        foreach (ref Domain domain in Domains)
        {
            if (domain.Phase != DomainPhase.None && domain.Id == id)
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
    public static ref Domain Of(ref readonly Vcpu vcpu) => ref Domains[vcpu.DomainSlot];

    /// <summary>A domain's vCPU by number, or <see cref="Refs.Null"/>. Any number may be asked for.</summary>
    public static ref Vcpu VcpuOf(ref Domain domain, int index)
    {
        if (index is >= 0 and < Domain.MaxVcpus)
        {
            int slot = domain.VcpuSlots[index];
            if (slot != 0)
            {
                return ref Vcpus[slot - 1];
            }
        }

        return ref Refs.Null<Vcpu>();
    }

    /// <summary>The most vCPUs that fit, for a walk with <see cref="VcpuAt"/>.</summary>
    public static int VcpuCapacity => Vcpus.Length;

    /// <summary>The vCPU in a slot below <see cref="VcpuCapacity"/>, whether or not it exists.</summary>
    internal static ref Vcpu VcpuAt(int slot) => ref Vcpus[slot];

    /// <summary>The domain in a slot below <see cref="Capacity"/>, or <see cref="Refs.Null"/>: for walks over all.</summary>
    public static ref Domain At(int slot)
    {
        ref Domain domain = ref Domains[slot];
        if (domain.Phase == DomainPhase.None)
        {
            return ref Refs.Null<Domain>();
        }

        return ref domain;
    }

    /// <summary>
    /// A new domain, being built and paused once. <see cref="Errno.Inval"/>: not an ordinary id;
    /// <see cref="Errno.Exist"/>: the id is taken; <see cref="Errno.NoMem"/>: no slot is free.
    /// </summary>
    public static Result Create(DomainId id)
    {
        if (!id.IsOrdinary)
        {
            return Errno.Inval;
        }

        using Locked<DomainListRank> held = State.Lock.Enter(NoLocks.Held);
        if (!Refs.IsNull(ref Find(id)))
        {
            return Errno.Exist;
        }

        Span<Domain> slots = Domains;
        for (int slot = 0; slot < slots.Length; slot++)
        {
            if (slots[slot].Phase == DomainPhase.None)
            {
                slots[slot] = new Domain { Id = id, Slot = slot, PauseCount = 1, Weight = 256, Phase = DomainPhase.Building };
                return Result.Success;
            }
        }

        return Errno.NoMem;
    }

    /// <summary>
    /// Gives a domain a vCPU, down and not running. <see cref="Errno.Inval"/>: the number is too high;
    /// <see cref="Errno.Exist"/>: it has that one; <see cref="Errno.NoMem"/>: no slot is free.
    /// </summary>
    public static Result AddVcpu(ref Domain domain, int index)
    {
        if (index is < 0 or >= Domain.MaxVcpus)
        {
            return Errno.Inval;
        }

        using Locked<DomainListRank> held = State.Lock.Enter(NoLocks.Held);
        ref int mine = ref domain.VcpuSlots[index];
        if (mine != 0)
        {
            return Errno.Exist;
        }

        Span<Vcpu> slots = Vcpus;
        for (int slot = 0; slot < slots.Length; slot++)
        {
            if (!slots[slot].Exists)
            {
                ref Vcpu vcpu = ref slots[slot];
                vcpu = default;
                vcpu.Id = new VcpuId(domain.Id, index);
                vcpu.Exists = true;
                vcpu.Slot = slot;
                vcpu.DomainSlot = domain.Slot;
                vcpu.Halts = VcpuHalt.Down;
                vcpu.InKernel = true;
                vcpu.TimerDeadline = Instant.Never;
                vcpu.Unit.Prepare((ushort)Math.Clamp(domain.Weight, 1, ushort.MaxValue));
                vcpu.Runstates.Begin(Clock.Now);
                mine = slot + 1;
                domain.Owned.Vcpus++;
                return Result.Success;
            }
        }

        return Errno.NoMem;
    }

    /// <summary>Takes a vCPU back; nothing may refer to it any more.</summary>
    internal static void RemoveVcpu(ref Domain domain, int index)
    {
        using Locked<DomainListRank> held = State.Lock.Enter(NoLocks.Held);
        ref int mine = ref domain.VcpuSlots[index];
        Vcpus[mine - 1].Exists = false;
        mine = 0;
        domain.Owned.Vcpus--;
    }

    /// <summary>Frees the slot of a dead domain.</summary>
    internal static void Remove(ref Domain domain)
    {
        using Locked<DomainListRank> held = State.Lock.Enter(NoLocks.Held);
        domain.Phase = DomainPhase.None;
    }
}
