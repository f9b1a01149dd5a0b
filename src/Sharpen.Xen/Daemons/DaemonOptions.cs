namespace Sharpen.Xen.Daemons;

/// <summary>What the command line of every daemon says.</summary>
public abstract class DaemonOptions
{
    /// <summary>Where to write the process id.</summary>
    public string? PidPath { get; set; }

    /// <summary>Where to log; null: standard error.</summary>
    public string? LogPath { get; set; }

    /// <summary>To stay in the foreground.</summary>
    public bool NoFork { get; set; }

    /// <summary>To print the process id.</summary>
    public bool PrintsPid { get; set; }

    /// <summary>To say nothing of what happens.</summary>
    public bool IsQuiet { get; set; }
}
