using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// Event channels as domains use them: ports, the shared page and pollers together, each under the domain's event lock.
/// Nobody is woken here: a set of vCPUs comes back, for the dispatcher's glue to wake.
/// </summary>
public static class DomainEvents
{
    /// <summary>A view of the domain's ports. Its event lock is held by the caller.</summary>
    private static EventPorts PortsOf(ref Domain domain) => new(domain.Ports.Span);

    /// <summary>Binds a free port. <see cref="Errno.NoSpc"/>: all are in use.</summary>
    public static Result<uint> Bind(ref Domain domain, in EventPort wanted)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        return BindHeld(held, ref domain, in wanted);
    }

    /// <summary>As <see cref="Bind"/>, within the event lock.</summary>
    internal static Result<uint> BindHeld(scoped in Locked<EventRank> held, ref Domain domain, in EventPort wanted)
    {
        _ = held;
        return Count(ref domain, PortsOf(ref domain).Bind(in wanted));
    }

    /// <summary>Binds a virtual interrupt; errors as <see cref="EventPorts.BindVirq"/>.</summary>
    public static Result<uint> BindVirq(ref Domain domain, Virq virq, int vcpu)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        return Count(ref domain, PortsOf(ref domain).BindVirq(virq, vcpu));
    }

    /// <summary>What a port is bound to; closed when there is no such port.</summary>
    public static EventPort Look(ref Domain domain, uint port)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref PortsOf(ref domain).Find(port);
        return Refs.IsNull(ref found) ? default : found;
    }

    /// <summary>Makes a port pending. The vCPUs to wake: the notified one, and those that poll.</summary>
    public static VcpuSet Raise(ref Domain domain, uint port)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        return RaiseHeld(ref domain, port);
    }

    /// <summary>Raises a virtual interrupt, if the domain has bound it.</summary>
    public static VcpuSet RaiseVirq(ref Domain domain, Virq virq, int vcpu)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        uint port = PortsOf(ref domain).FindVirq(virq, vcpu);
        return port == 0 ? VcpuSet.None : RaiseHeld(ref domain, port);
    }

    /// <summary>Makes the port pending if its other end is still that port of that domain.</summary>
    public static VcpuSet RaiseFrom(ref Domain domain, uint port, DomainId sender, uint senderPort)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref PortsOf(ref domain).Find(port);
        return !Refs.IsNull(ref found) && found.State == EventChannelState.Interdomain && found.RemoteDomain == sender && found.RemotePort == senderPort
            ? RaiseHeld(ref domain, port) : VcpuSet.None;
    }

    /// <summary>Connects a port that waits for that domain. <see cref="Errno.Inval"/>: it does not.</summary>
    public static Result Connect(ref Domain domain, uint port, DomainId peer, uint peerPort)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref PortsOf(ref domain).Find(port);
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
        ref EventPort found = ref PortsOf(ref domain).Find(port);
        if (!Refs.IsNull(ref found) && found.State == EventChannelState.Interdomain && found.RemoteDomain == peer && found.RemotePort == peerPort)
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
        ref EventPort found = ref PortsOf(ref domain).Find(port);
        if (Refs.IsNull(ref found))
        {
            return Errno.Inval;
        }

        was = found;
        if (found.State == EventChannelState.Pirq)
        {
            DomainPirqs.Unbind(held, ref domain, found.RemotePort);
        }

        CloseHeld(held, ref domain, port);
        return Result.Success;
    }

    /// <summary>Frees a port that is in use, within the event lock.</summary>
    internal static void CloseHeld(scoped in Locked<EventRank> held, ref Domain domain, uint port)
    {
        _ = held;
        EventBits.Clear(ref SharedPages.Of(ref domain), port);
        PortsOf(ref domain).Close(port);
        domain.Owned.Ports--;
    }

    /// <summary>Clears a port's mask. <see cref="Errno.Inval"/>: there is none.</summary>
    public static Result Unmask(ref Domain domain, uint port, out VcpuSet wake)
    {
        wake = VcpuSet.None;
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref PortsOf(ref domain).Find(port);
        if (Refs.IsNull(ref found))
        {
            return Errno.Inval;
        }

        wake = UnmaskHeld(ref domain, port);
        return Result.Success;
    }

    /// <summary>Clears the mask of a port that is in use, within the event lock.</summary>
    internal static VcpuSet UnmaskHeld(ref Domain domain, uint port)
    {
        ref EventPort found = ref PortsOf(ref domain).Find(port);
        return EventBits.Unmask(ref SharedPages.Of(ref domain), port, ref VcpuInfos.Of(ref domain, found.Vcpu)) ? VcpuSet.Of(found.Vcpu) : VcpuSet.None;
    }

    /// <summary>Lets a port notify another vCPU. <see cref="Errno.Inval"/>: no such port, or one whose vCPU is fixed.</summary>
    /// <param name="cpu">Where that vCPU runs: a physical interrupt follows it.</param>
    public static Result Retarget(ref Domain domain, uint port, int vcpu, CpuId cpu)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref EventPort found = ref PortsOf(ref domain).Find(port);
        if (Refs.IsNull(ref found) || found.State == EventChannelState.Ipi
            || (found.State == EventChannelState.Virq && EventPorts.IsPerVcpu(found.Virq)))
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

    /// <summary>The highest number of a port plus one: for walks over all.</summary>
    public static uint Limit(ref Domain domain) => PortsOf(ref domain).Limit;

    private static Result<uint> Count(ref Domain domain, Result<uint> bound)
    {
        if (bound.Try(out _, out _))
        {
            domain.Owned.Ports++;
        }

        return bound;
    }

    /// <summary>As <see cref="Raise"/>, within the event lock.</summary>
    internal static VcpuSet RaiseHeld(ref Domain domain, uint port)
    {
        ref EventPort found = ref PortsOf(ref domain).Find(port);
        if (Refs.IsNull(ref found))
        {
            return VcpuSet.None;
        }

        VcpuSet wake = EventBits.Raise(ref SharedPages.Of(ref domain), port, ref VcpuInfos.Of(ref domain, found.Vcpu)) ? VcpuSet.Of(found.Vcpu) : VcpuSet.None;
        return wake | Pollers(ref domain);
    }

    // A poller looks at its ports itself when it runs again, so waking one too many costs time, one too few an event.
    private static VcpuSet Pollers(ref Domain domain)
    {
        VcpuSet pollers = VcpuSet.None;
        for (int index = 0; index < Domain.MaxVcpus; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (!Refs.IsNull(ref vcpu) && (vcpu.Halts & VcpuHalt.Polling) != 0)
            {
                pollers |= VcpuSet.Of(index);
            }
        }

        return pollers;
    }
}
