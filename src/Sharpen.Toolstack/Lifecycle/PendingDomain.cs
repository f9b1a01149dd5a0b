using System;
using Sharpen.Abi;
using Sharpen.Xen;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>A domain that is being made. Unless it is committed, disposing it destroys it with all that belongs to it.</summary>
public sealed class PendingDomain(Host host, DomainId domain, Guid uuid) : IDisposable
{
    private bool _isCommitted;

    /// <summary>Its number.</summary>
    public DomainId Domain => domain;

    /// <summary>Its UUID.</summary>
    public Guid Uuid => uuid;

    /// <summary>From here on it outlives this process.</summary>
    public DomainId Commit()
    {
        _isCommitted = true;
        return domain;
    }

    public void Dispose()
    {
        if (_isCommitted)
        {
            return;
        }

        try
        {
            DomainDestroyer.Destroy(host, domain);
        }
        catch (XenException)
        {
            // The store or the hypervisor does not answer; whatever made the creation fail says more than this would.
        }
    }
}
