namespace Sharpen.Toolstack.Config;

/// <summary>What <c>/etc/xen/xl.conf</c> says for all guests. Source: xl.conf(5).</summary>
public sealed record ToolDefaults
{
    /// <summary>Where it stands.</summary>
    public const string UsualPath = "/etc/xen/xl.conf";

    /// <summary>Take memory from dom0 for new domains; null: unless <c>dom0_mem</c> was given.</summary>
    public bool? Autoballoon { get; init; }

    /// <summary>Run hotplug scripts here, not by udev.</summary>
    public bool RunsHotplugScripts { get; init; } = true;

    /// <summary>Numbers of new domains are random.</summary>
    public bool HasRandomNumbers { get; init; }

    /// <summary>The file that serialises creations.</summary>
    public string LockFile { get; init; } = "/var/lock/xl";

    /// <summary>What a network card has when its guest's configuration does not say.</summary>
    public VifSpec Vif { get; init; } = new() { Bridge = "xenbr0", Script = "/etc/xen/scripts/vif-bridge" };

    /// <summary>Default of <c>max_grant_frames</c>.</summary>
    public int? GrantFrames { get; init; }

    /// <summary>Default of <c>max_maptrack_frames</c>.</summary>
    public int? MaptrackFrames { get; init; }

    /// <summary>Default of <c>max_grant_version</c>.</summary>
    public int? GrantVersion { get; init; }

    /// <summary>Claim a guest's memory before it is filled.</summary>
    public bool ClaimsMemory { get; init; } = true;

    /// <summary>The first disk name for the toolstack's own use.</summary>
    public string FirstDisk { get; init; } = "xvda";

    /// <summary>Where PV guests may run at all; null for anywhere.</summary>
    public CpuList? PvMask { get; init; }

    /// <summary>Where guests may run at all; null for anywhere.</summary>
    public CpuList? Mask { get; init; }
}
