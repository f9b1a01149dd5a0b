using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>Ports go away: one by one by their domain's wish, all when it dies.</summary>
public static class EventTeardown
{
    /// <summary>Frees a port; the other end, if there is one, waits again. <see cref="Errno.Inval"/>: no such port.</summary>
    public static Result Close(ref Domain domain, uint port)
    {
        if (!DomainEvents.Close(ref domain, port, out EventPort was).Try(out Errno error))
        {
            return error;
        }

        if (was.State == EventChannelState.Interdomain)
        {
            ref Domain remote = ref DomainList.Find(was.RemoteDomain);
            if (!Refs.IsNull(ref remote))
            {
                DomainEvents.Disconnect(ref remote, was.RemotePort, domain.Id, port);
            }
        }

        return Result.Success;
    }

    /// <summary>Frees some ports; true when none is left in use.</summary>
    /// <param name="budget">How many at most.</param>
    public static bool CloseSome(ref Domain domain, int budget)
    {
        // Whoever binds a port from here on sees that the domain is dying; whoever had not seen it is through.
        using (Locked<EventRank> passed = domain.EventLock.Enter(NoLocks.Held))
        {
            _ = passed;
        }

        uint port = 0;
        for (int closed = 0; closed < budget; closed++)
        {
            port = DomainPorts.Next(ref domain, port + 1);
            if (port == 0)
            {
                return true;
            }

            _ = Close(ref domain, port);
        }

        return false;
    }

    /// <summary>Back to no ports and the 2-level ABI, giving up the guest's pages; no port is in use.</summary>
    public static void Forget(ref Domain domain)
    {
        DomainFifo.End(ref domain);
        DomainPorts.Release(ref domain);
    }
}
