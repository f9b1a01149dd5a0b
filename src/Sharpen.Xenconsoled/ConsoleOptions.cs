using Sharpen.Xen.Daemons;

namespace Sharpen.Xenconsoled;

/// <summary>What the command line says.</summary>
internal sealed class ConsoleOptions : DaemonOptions
{
    /// <summary>To log what guests say.</summary>
    internal bool LogsGuests { get; set; }

    /// <summary>To log what the hypervisor says.</summary>
    internal bool LogsHypervisor { get; set; }

    /// <summary>Times before lines of guests.</summary>
    internal bool TimesGuests { get; set; }

    /// <summary>Times before lines of the hypervisor.</summary>
    internal bool TimesHypervisor { get; set; }

    /// <summary>Where logs go.</summary>
    internal string LogFolder { get; set; } = "/var/log/xen/console";

    /// <summary>A log of this size is put aside.</summary>
    internal long LogBytes { get; set; } = 16 << 20;

    /// <summary>So many logs put aside are kept.</summary>
    internal int LogsKept { get; set; } = 4;

    /// <summary>Escape characters in logs become dots.</summary>
    internal bool ReplacesEscapes { get; set; }

    /// <summary>Bytes that are kept of each guest for who attaches later.</summary>
    internal int HistoryBytes { get; set; } = 128 << 10;
}
