using System.Collections.Generic;

namespace Sharpen.Xl.Commands;

/// <summary>All commands by name.</summary>
public static class CommandTable
{
    /// <summary>The names, in the order in which help lists them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "create", "list", "destroy", "shutdown", "reboot", "pause", "unpause", "mem-max", "mem-set", "vcpu-list",
        "vcpu-pin", "vcpu-set", "vm-list", "info", "sched-credit2", "domid", "domname", "rename", "trigger", "sysrq",
        "debug-keys", "dmesg", "uptime", "claims", "cpupool-list",
    ];

    /// <summary>A command, or null.</summary>
    public static Command? Find(string name) => name switch
    {
        "create" => new CreateCommand(),
        "list" => new ListCommand(),
        "destroy" => new DestroyCommand(),
        "shutdown" => new ShutdownCommand(),
        "reboot" => new RebootCommand(),
        "pause" => new PauseCommand(),
        "unpause" => new UnpauseCommand(),
        "mem-max" => new MemMaxCommand(),
        "mem-set" => new MemSetCommand(),
        "vcpu-list" => new VcpuListCommand(),
        "vcpu-pin" => new VcpuPinCommand(),
        "vcpu-set" => new VcpuSetCommand(),
        "vm-list" => new VmListCommand(),
        "info" => new InfoCommand(),
        "sched-credit2" => new SchedCredit2Command(),
        "domid" => new DomidCommand(),
        "domname" => new DomnameCommand(),
        "rename" => new RenameCommand(),
        "trigger" => new TriggerCommand(),
        "sysrq" => new SysrqCommand(),
        "debug-keys" => new DebugKeysCommand(),
        "dmesg" => new DmesgCommand(),
        "uptime" => new UptimeCommand(),
        "claims" => new ClaimsCommand(),
        "cpupool-list" => new CpupoolListCommand(),
        _ => null,
    };
}
