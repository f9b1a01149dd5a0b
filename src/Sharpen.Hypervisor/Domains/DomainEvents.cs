using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// Event channels as domains use them: ports, what is shared with the guest, and pollers together, each under the domain's event lock. Nobody is
/// woken here: a set of vCPUs comes back, for the dispatcher's glue to wake.
/// </summary>
public static class DomainEvents
{
    /// <summary>Binds a free port. <see cref="Errno.NoSpc"/>: all are in use; <see cref="Errno.NoMem"/>; <see cref="Errno.Inval"/>: the domain is dying.</summary>
    public static Result<uint> Bind(ref Domain domain, in EventPort wanted)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        return BindHeld(held, ref domain, in wanted);
    }

    /// <summary>As <see cref="Bind"/>, within the event lock.</summary>
    internal static Result<uint> BindHeld(scoped in Locked<EventRank> held, ref Domain domain, in EventPort wanted)
    {
        if (domain.Phase >= DomainPhase.Dying)
        {
            return Errno.Inval;    // those that it has are being closed, or are
        }

        Result<uint> taken = DomainPorts.Take(held, ref domain, in wanted);
        domain.Owned.Ports += taken.Try(out _, out _) ? 1 : 0;
        return taken;
    }

    /// <summary>
    /// A port for a virtual interrupt. <see cref="Errno.Inval"/>: there is no such interrupt, or a global one on a vCPU other than 0;
    /// <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Exist"/>: it has a port; <see cref="Errno.NoSpc"/>, <see cref="Errno.NoMem"/>.
    /// </summary>
    public static Result<uint> BindVirq(ref Domain domain, Virq virq, int vcpu)
    {
        if ((uint)virq >= VirqRules.Count || (!VirqRules.IsPerVcpu(virq) && vcpu != 0))
        {
            return Errno.Inval;
        }

        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref Vcpu owner = ref DomainList.VcpuOf(ref domain, vcpu);
        if (Refs.IsNull(ref owner))
        {
            return Errno.NoEnt;
        }

        ref uint place = ref owner.VirqPorts[(int)virq];
        if (place != 0)
        {
            return Errno.Exist;
        }

        EventPort wanted = new() { State = EventChannelState.Virq, Virq = virq, Vcpu = (ushort)vcpu };
        Result<uint> bound = BindHeld(held, ref domain, in wanted);
        place = bound.Try(out uint port, out _) ? port : 0;
        return bound;
    }

    /// <summary>What a port is bound to; closed when there is no such port.</summary>
    public static EventPort Look(ref Domain domain, uint port)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref FindHeld(ref domain, port);
        return Refs.IsNull(ref found) ? default : found;
    }

    /// <summary>
    /// A port without the lock, in use or not, or <see cref="Refs.Null"/>. For whoever looks again at the other end: what is read there may
    /// be a mixture of what was and what is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly EventPort Glance(ref Domain domain, uint port) => ref DomainPorts.Find(ref domain, port);

    /// <summary>Makes a port pending. The vCPUs to wake: the notified one, and those that poll.</summary>
    public static VcpuSet Raise(ref Domain domain, uint port)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        return RaiseHeld(ref domain, port);
    }

    /// <summary>Raises a virtual interrupt, if the domain has bound it; a global one has its port with vCPU 0.</summary>
    public static VcpuSet RaiseVirq(ref Domain domain, Virq virq, int vcpu)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref Vcpu owner = ref DomainList.VcpuOf(ref domain, vcpu);
        return Refs.IsNull(ref owner) ? VcpuSet.None : RaiseHeld(ref domain, owner.VirqPorts[(int)virq]);
    }

    /// <summary>Makes the port pending if its other end is still that port of that domain.</summary>
    public static VcpuSet RaiseFrom(ref Domain domain, uint port, DomainId sender, uint senderPort)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref FindHeld(ref domain, port);
        return !Refs.IsNull(ref found) && IsEndOf(in found, sender, senderPort) ? Signal(ref domain, port, ref found) : VcpuSet.None;
    }

    /// <summary>Raises a port that was raised before it had a word, now that it has one.</summary>
    public static VcpuSet RaiseWordless(ref Domain domain, uint port)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref FindHeld(ref domain, port);
        if (Refs.IsNull(ref found) || !found.IsWordless)
        {
            return VcpuSet.None;
        }

        found.IsWordless = false;
        return Signal(ref domain, port, ref found);
    }

    /// <summary>Connects a port that waits for that domain. <see cref="Errno.Inval"/>: it does not.</summary>
    public static Result Connect(ref Domain domain, uint port, DomainId peer, uint peerPort)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref FindHeld(ref domain, port);
        if (Refs.IsNull(ref found) || found.State != EventChannelState.Unbound || found.RemoteDomain != peer)
        {
            return Errno.Inval;
        }

        found.State = EventChannelState.Interdomain;
        found.RemotePort = peerPort;
        return Result.Success;
    }

    /// <summary>The other end has closed: the port waits for that domain again.</summary>
    public static void Disconnect(ref Domain domain, uint port, DomainId peer, uint peerPort)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref FindHeld(ref domain, port);
        if (!Refs.IsNull(ref found) && IsEndOf(in found, peer, peerPort))
        {
            found.State = EventChannelState.Unbound;
            found.RemotePort = 0;
        }
    }

    /// <summary>Frees a port and says what it was bound to. <see cref="Errno.Inval"/>: there is none.</summary>
    public static Result Close(ref Domain domain, uint port, out EventPort was)
    {
        was = default;
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref FindHeld(ref domain, port);
        if (Refs.IsNull(ref found))
        {
            return Errno.Inval;
        }

        was = found;
        if (was.State == EventChannelState.Pirq)
        {
            DomainPirqs.Unbind(held, ref domain, was.RemotePort);
        }
        else if (was.State == EventChannelState.Virq)
        {
            int owner = VirqRules.IsPerVcpu(was.Virq) ? was.Vcpu : 0;
            DomainList.VcpuOf(ref domain, owner).VirqPorts[(int)was.Virq] = 0;
        }

        CloseHeld(held, ref domain, port);
        return Result.Success;
    }

    /// <summary>Frees a port that is in use, within the event lock.</summary>
    internal static void CloseHeld(scoped in Locked<EventRank> held, ref Domain domain, uint port)
    {
        _ = held;
        if (domain.EventArraySlot != 0)
        {
            EventFifo.Clear(ref DomainFifo.WordsOf(ref domain), port);
        }
        else
        {
            EventBits.Clear(ref SharedPages.Of(ref domain), port);
        }

        DomainPorts.Free(ref domain, port);
        domain.Owned.Ports--;
    }

    /// <summary>Clears a port's mask; nothing happens to one that is not in use. <see cref="Errno.Inval"/>: there is no such port.</summary>
    public static Result Unmask(ref Domain domain, uint port, out VcpuSet wake)
    {
        wake = VcpuSet.None;
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        if (!IsPort(ref domain, port))
        {
            return Errno.Inval;
        }

        wake = Refs.IsNull(ref FindHeld(ref domain, port)) ? VcpuSet.None : UnmaskHeld(ref domain, port);
        return Result.Success;
    }

    /// <summary>Clears the mask of a port that is in use, within the event lock.</summary>
    internal static VcpuSet UnmaskHeld(ref Domain domain, uint port)
    {
        ref EventPort found = ref FindHeld(ref domain, port);
        if (domain.EventArraySlot != 0)
        {
            return EventFifo.Unmask(ref DomainFifo.WordsOf(ref domain), port) ? Signal(ref domain, port, ref found) : VcpuSet.None;
        }

        return EventBits.Unmask(ref SharedPages.Of(ref domain), port, ref VcpuInfos.Of(ref domain, found.Vcpu)) ? VcpuSet.Of(found.Vcpu) : VcpuSet.None;
    }

    /// <summary>Lets a port notify another vCPU. <see cref="Errno.Inval"/>: no such port, or one whose vCPU is fixed.</summary>
    /// <param name="cpu">Where that vCPU runs: a physical interrupt follows it.</param>
    public static Result Retarget(ref Domain domain, uint port, int vcpu, CpuId cpu)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref FindHeld(ref domain, port);
        if (Refs.IsNull(ref found) || found.State == EventChannelState.Ipi
            || (found.State == EventChannelState.Virq && VirqRules.IsPerVcpu(found.Virq)))
        {
            return Errno.Inval;
        }

        found.Vcpu = (ushort)vcpu;
        if (found.State == EventChannelState.Pirq)
        {
            DomainPirqs.Follow(held, ref domain, found.RemotePort, cpu);
        }

        return Result.Success;
    }

    /// <summary>True when a number may be asked about: ports come in blocks of 64, with the first that is taken in each.</summary>
    public static bool IsPort(ref Domain domain, uint port) => port < DomainPorts.KnownLimit(ref domain);

    /// <summary>True when the guest's interface has a bit or a word for that number.</summary>
    public static bool CanBePending(ref Domain domain, uint port) => port < DomainPorts.InterfaceLimit(ref domain);

    /// <summary>True while the guest has not taken the event of a port that <see cref="CanBePending"/>.</summary>
    public static bool IsPending(ref Domain domain, uint port)
    {
        if (domain.EventArraySlot == 0)
        {
            return EventBits.IsPending(ref SharedPages.Of(ref domain), port);
        }

        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        return domain.EventArraySlot != 0 && EventFifo.IsPending(ref DomainFifo.WordsOf(ref domain), port);
    }

    /// <summary>A port in use, or <see cref="Refs.Null"/>; within the event lock. Any number may be asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref EventPort FindHeld(ref Domain domain, uint port)
    {
        ref EventPort found = ref DomainPorts.Find(ref domain, port);
        if (Refs.IsNull(ref found) || found.State == EventChannelState.Closed)
        {
            return ref Refs.Null<EventPort>();
        }

        return ref found;
    }

    /// <summary>As <see cref="Raise"/>, within the event lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static VcpuSet RaiseHeld(ref Domain domain, uint port)
    {
        ref EventPort found = ref DomainPorts.Find(ref domain, port);
        return Refs.IsNull(ref found) || found.State == EventChannelState.Closed ? VcpuSet.None : Signal(ref domain, port, ref found);
    }

    private static bool IsEndOf(in EventPort port, DomainId peer, uint peerPort) =>
        port.State == EventChannelState.Interdomain && port.RemoteDomain == peer && port.RemotePort == peerPort;

    // A poller looks at its ports itself when it runs again, so waking one too many costs time, one too few an event.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static VcpuSet Signal(ref Domain domain, uint port, ref EventPort found)
    {
        bool isNews = domain.EventArraySlot != 0 ? DomainFifo.Raise(ref domain, port, ref found)
            : EventBits.Raise(ref SharedPages.Of(ref domain), port) && EventBits.Select(ref VcpuInfos.Of(ref domain, found.Vcpu), port);
        return (isNews ? VcpuSet.Of(found.Vcpu) : VcpuSet.None).WithPollers(System.Threading.Volatile.Read(ref domain.Pollers) != 0);
    }
}
