using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
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

    /// <summary>Frees every port.</summary>
    public static void CloseAll(ref Domain domain)
    {
        for (uint port = 1; port < DomainEvents.Limit(ref domain); port++)
        {
            _ = Close(ref domain, port);
        }
    }
}
