using System;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>A domain that is being made. Unless it is committed, disposing it destroys it with all that belongs to it.</summary>
/// <param name="host">The host.</param>
/// <param name="uuid">What it is known by before it has a number.</param>
/// <param name="leftNothing">Called when it was destroyed completely.</param>
public sealed class PendingDomain(Host host, Guid uuid, Action? leftNothing) : IDisposable
{
    private DomainId _domain = DomainId.Invalid;
    private bool _hasBegun;
    private bool _isCommitted;

    /// <summary>Its number; <see cref="DomainId.Invalid"/> before there is a domain.</summary>
    public DomainId Domain => _domain;

    /// <summary>Its UUID.</summary>
    public Guid Uuid => uuid;

    /// <summary>Says that there is something of it from here on.</summary>
    /// <param name="told">Told so the first time.</param>
    public void Begin(Action<Guid>? told)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            told?.Invoke(uuid);
        }
    }

    /// <summary>Makes it, empty.</summary>
    /// <exception cref="XenException">The hypervisor refuses.</exception>
    public void Make(DomainCreation creation, DomainId? wanted) => _domain = host.Xen.Domains.Create(creation, wanted);

    /// <summary>From here on it outlives this process.</summary>
    public DomainId Commit()
    {
        _isCommitted = true;
        return _domain;
    }

    public void Dispose()
    {
        if (_isCommitted || !_hasBegun)
        {
            return;
        }

        try
        {
            DomainDestroyer.DestroyAll(host, uuid);
            RemoveLateNodes();
            leftNothing?.Invoke();
        }
        catch (XenException)
        {
            // The store or the hypervisor does not answer; whatever made the creation fail says more than this would.
        }
    }

    // What was written after somebody else had destroyed it: nothing in there says any more whose it is.
    private void RemoveLateNodes()
    {
        if (_domain != DomainId.Invalid && host.Xen.Domains.Find(_domain) is null)
        {
            DomainNodes.Remove(host.Store, _domain);
        }
    }
}
