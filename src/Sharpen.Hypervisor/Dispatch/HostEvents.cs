using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>What happens to the host, told to the domain that looks after it. Takes that domain's event lock.</summary>
public static class HostEvents
{
    private struct State
    {
        /// <summary>Numbers of the domains that take care of a virtual interrupt plus one; 0 for the hardware domain.</summary>
        internal Fixed32<ushort> Handlers;
    }

    /// <summary>From here on a virtual interrupt of the whole host is raised in another domain, until that goes. <see cref="Errno.Inval"/>: there is no such one.</summary>
    public static Result SetHandler(uint virq, DomainId domain)
    {
        if (virq >= VirqRules.Count || VirqRules.IsPerVcpu((Virq)virq))
        {
            return Errno.Inval;
        }

        Volatile.Write(ref Root.Of<State>().Handlers[(int)virq], (ushort)(domain.Value + 1));
        return Result.Success;
    }

    /// <summary>Makes the other end of a domain's port pending, as if it had sent. False: it is no port for sending.</summary>
    public static bool TrySendFor(ref Domain domain, uint port)
    {
        EventPort own = DomainEvents.Glance(ref domain, port);
        ref Domain remote = ref DomainList.Find(own.RemoteDomain);
        if (own.State != EventChannelState.Interdomain || Refs.IsNull(ref remote))
        {
            return false;
        }

        VcpuGlue.Wake(ref remote, DomainEvents.RaiseFrom(ref remote, own.RemotePort, domain.Id, port));
        return true;
    }

    /// <summary>Raises a virtual interrupt of the whole host in the domain that takes care of it, if there is one and it has bound it.</summary>
    public static void Raise(Virq virq)
    {
        int handler = Volatile.Read(ref Root.Of<State>().Handlers[(int)virq]) - 1;
        ref Domain chosen = ref DomainList.Find(handler < 0 ? DomainId.Invalid : new DomainId((ushort)handler));
        ref Domain domain = ref Refs.IsNull(ref chosen) ? ref DomainList.FindHardware() : ref chosen;
        if (!Refs.IsNull(ref domain) && !domain.IsEnding)
        {
            VcpuGlue.Wake(ref domain, DomainEvents.RaiseVirq(ref domain, virq, 0));
        }
    }

    /// <summary>On the way out: lines have been written, and whoever follows the ring is told.</summary>
    public static void TellConsoleNews()
    {
        if (HostConsole.TakeNews())
        {
            Raise(Virq.ConsoleRing);
        }
    }
}
