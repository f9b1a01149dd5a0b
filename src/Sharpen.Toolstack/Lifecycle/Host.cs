using System;
using Sharpen.Abi;
using Sharpen.Xen.Control;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>The host that is managed: its hypervisor and its store, each opened when it is first needed.</summary>
public sealed class Host : IDisposable
{
    private XenControl? _xen;
    private StoreClient? _store;

    /// <summary>The hypervisor.</summary>
    public XenControl Xen => _xen ??= XenControl.Open();

    /// <summary>The store.</summary>
    public StoreClient Store => _store ??= StoreClient.Open();

    /// <summary>Where a domain's nodes are.</summary>
    public static string PathOf(DomainId domain) => $"/local/domain/{domain.Value}";

    /// <summary>Where the toolstack's own nodes of a domain are.</summary>
    public static string ToolPathOf(DomainId domain) => $"/libxl/{domain.Value}";

    public void Dispose()
    {
        _store?.Dispose();
        _xen?.Dispose();
    }
}
