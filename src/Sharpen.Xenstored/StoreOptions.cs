using Sharpen.Xen.Daemons;
using Sharpen.Xenstored.Engine;

namespace Sharpen.Xenstored;

/// <summary>What the command line says.</summary>
internal sealed class StoreOptions : DaemonOptions
{
    /// <summary>Limits for domains.</summary>
    internal Quotas Quotas { get; } = new();

    /// <summary>Where programs connect.</summary>
    internal string SocketPath { get; set; } = "/run/xenstored/socket";

    /// <summary>What survives this process.</summary>
    internal string StatePath { get; set; } = "/run/xenstored/state";

    /// <summary>To begin with nothing.</summary>
    internal bool KeepsNothing { get; set; }

    /// <summary>Not to serve the ring of this kernel.</summary>
    internal bool WithoutControl { get; set; }

    /// <summary>To serve programs only: for trying it where no hypervisor is.</summary>
    internal bool WithoutDomains { get; set; }

    /// <summary>To log every request.</summary>
    internal bool IsTracing { get; set; }
}
