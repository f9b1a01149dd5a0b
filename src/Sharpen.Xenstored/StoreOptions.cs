using Sharpen.Xenstored.Engine;

namespace Sharpen.Xenstored;

/// <summary>What the command line says.</summary>
internal sealed class StoreOptions
{
    /// <summary>Limits for domains.</summary>
    internal Quotas Quotas { get; } = new();

    /// <summary>Where programs connect.</summary>
    internal string SocketPath { get; set; } = "/run/xenstored/socket";

    /// <summary>What survives this process.</summary>
    internal string StatePath { get; set; } = "/run/xenstored/state";

    /// <summary>Where to write the process id.</summary>
    internal string? PidPath { get; set; }

    /// <summary>Where to log; null: standard error.</summary>
    internal string? LogPath { get; set; }

    /// <summary>To stay in the foreground.</summary>
    internal bool NoFork { get; set; }

    /// <summary>To print the process id.</summary>
    internal bool PrintsPid { get; set; }

    /// <summary>To begin with nothing.</summary>
    internal bool KeepsNothing { get; set; }

    /// <summary>Not to serve the ring of this kernel.</summary>
    internal bool WithoutControl { get; set; }

    /// <summary>To serve programs only: for trying it where no hypervisor is.</summary>
    internal bool WithoutDomains { get; set; }

    /// <summary>To log every request.</summary>
    internal bool IsTracing { get; set; }
}
