using System.Collections.Generic;
using Sharpen.Xl.Processes;

namespace Sharpen.Xl.Commands;

/// <summary>All commands by name.</summary>
public static class CommandTable
{
    /// <summary>The names, in the order in which help lists them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "create", "config-update", "list", "destroy", "shutdown", "reboot", "pause", "unpause", "console", "vncviewer", "dump-core",
        "mem-max", "mem-set", "vcpu-list", "vcpu-pin", "vcpu-set", "vm-list", "info", "sharing", "sched-credit", "sched-credit2", "sched-rtds",
        "domid", "domname", "rename", "trigger", "sysrq", "debug-keys", "set-parameters", "dmesg", "top",
        "network-attach", "network-list", "network-detach", "channel-list", "block-attach", "block-list",
        "block-detach", "block-resize", "uptime", "claims", "cpupool-create", "cpupool-list", "cpupool-destroy", "cpupool-rename",
        "cpupool-cpu-add", "cpupool-cpu-remove", "cpupool-migrate", "cpupool-numa-split",
        "define", "undefine", "defined-list", "start", "autostart", "xendomains", "completion", "help",
    ];

    /// <summary>A command, or null.</summary>
    public static Command? Find(string name) => name switch
    {
        "create" => new CreateCommand(),
        "config-update" => new ConfigUpdateCommand(),
        "list" => new ListCommand(),
        "destroy" => new DestroyCommand(),
        "shutdown" => new ShutdownCommand(),
        "reboot" => new RebootCommand(),
        "pause" => new PauseCommand(),
        "unpause" => new UnpauseCommand(),
        "console" => new ConsoleCommand(),
        "vncviewer" => new VncviewerCommand(),
        "dump-core" => new DumpCoreCommand(),
        "mem-max" => new MemMaxCommand(),
        "mem-set" => new MemSetCommand(),
        "vcpu-list" => new VcpuListCommand(),
        "vcpu-pin" => new VcpuPinCommand(),
        "vcpu-set" => new VcpuSetCommand(),
        "vm-list" => new VmListCommand(),
        "info" => new InfoCommand(),
        "sharing" => new SharingCommand(),
        "sched-credit" => new SchedCreditCommand(),
        "sched-rtds" => new SchedRtdsCommand(),
        "sched-credit2" => new SchedCredit2Command(),
        "domid" => new DomidCommand(),
        "domname" => new DomnameCommand(),
        "rename" => new RenameCommand(),
        "trigger" => new TriggerCommand(),
        "sysrq" => new SysrqCommand(),
        "debug-keys" => new DebugKeysCommand(),
        "set-parameters" => new SetParametersCommand(),
        "dmesg" => new DmesgCommand(),
        "top" => new TopCommand(),
        "network-attach" => new NetworkAttachCommand(),
        "network-list" => new NetworkListCommand(),
        "network-detach" => new NetworkDetachCommand(),
        "channel-list" => new ChannelListCommand(),
        "block-attach" => new BlockAttachCommand(),
        "block-list" => new BlockListCommand(),
        "block-detach" => new BlockDetachCommand(),
        "block-resize" => new BlockResizeCommand(),
        "uptime" => new UptimeCommand(),
        "claims" => new ClaimsCommand(),
        "cpupool-create" => new CpupoolCreateCommand(),
        "cpupool-list" => new CpupoolListCommand(),
        "cpupool-destroy" => new CpupoolDestroyCommand(),
        "cpupool-rename" => new CpupoolRenameCommand(),
        "cpupool-cpu-add" => new CpupoolCpuAddCommand(),
        "cpupool-cpu-remove" => new CpupoolCpuRemoveCommand(),
        "cpupool-migrate" => new CpupoolMigrateCommand(),
        "cpupool-numa-split" => new CpupoolNumaSplitCommand(),
        "define" => new DefineCommand(),
        "undefine" => new UndefineCommand(),
        "defined-list" => new DefinedListCommand(),
        "start" => new StartCommand(),
        "autostart" => new AutostartCommand(),
        "xendomains" => new XendomainsCommand(),
        "completion" => new CompletionCommand(),
        "help" => new HelpCommand(),
        Guard.Command => new DomainKeeperCommand(),
        _ => null,
    };
}
