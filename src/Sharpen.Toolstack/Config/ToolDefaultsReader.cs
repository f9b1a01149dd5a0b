using System.Collections.Generic;
using System.IO;

namespace Sharpen.Toolstack.Config;

/// <summary>Reads <c>xl.conf</c>.</summary>
public static class ToolDefaultsReader
{
    private static readonly string[] s_keys =
    [
        "domid_policy", "autoballoon", "run_hotplug_scripts", "lockfile", "max_grant_frames", "max_maptrack_frames",
        "max_grant_version", "vif.default.script", "vif.default.bridge", "vif.default.backend", "vif.default.gatewaydev",
        "remus.default.netbufscript", "colo.default.proxyscript", "output_format", "blkdev_start", "claim_mode", "vm.cpumask",
        "vm.hvm.cpumask", "vm.pv.cpumask", "vifscript", "defaultbridge",
    ];

    /// <summary>Reads a file; where there is none, everything has its default.</summary>
    /// <exception cref="ConfigException">It cannot be understood.</exception>
    /// <exception cref="IOException">It is there, and cannot be read.</exception>
    public static ToolDefaults ReadFile(string path) =>
        File.Exists(path) ? Read(ConfigDocument.Parse(path, ConfigDocument.ReadText(path)), out _) : new ToolDefaults();

    /// <summary>Understands a document.</summary>
    /// <param name="warnings">What could be better: keys that nobody knows, among others.</param>
    public static ToolDefaults Read(ConfigDocument document, out IReadOnlyList<ConfigProblem> warnings)
    {
        foreach (var setting in document.Settings)
        {
            if (System.Array.IndexOf(s_keys, setting.Key) < 0)
            {
                string? near = Suggestion.For(setting.Key, s_keys);
                document.Report(new ConfigProblem(setting.At, $"unknown key '{setting.Key}'",
                    near is null ? "xl.conf(5) lists all keys" : $"did you mean '{near}'?", IsWarning: true));
            }
        }

        var reader = new SettingReader(document);
        var plain = new ToolDefaults();
        var defaults = plain with
        {
            Autoballoon = reader.Text("autoballoon", "auto") switch { "auto" => null, "on" or "1" => true, _ => false },
            RunsHotplugScripts = reader.Flag("run_hotplug_scripts", true),
            HasRandomNumbers = reader.Text("domid_policy") == "random",
            LockFile = reader.Text("lockfile", plain.LockFile),
            GrantFrames = reader.Int("max_grant_frames", 0, int.MaxValue),
            MaptrackFrames = reader.Int("max_maptrack_frames", 0, int.MaxValue),
            GrantVersion = reader.Int("max_grant_version", 0, 2),
            ClaimsMemory = reader.Flag("claim_mode", true),
            FirstDisk = reader.Text("blkdev_start", plain.FirstDisk),
            Mask = Cpus(reader, "vm.cpumask"),
            PvMask = Cpus(reader, "vm.pv.cpumask"),
            Vif = plain.Vif with
            {
                Script = reader.Text("vif.default.script", reader.Text("vifscript", plain.Vif.Script)),
                Bridge = reader.Text("vif.default.bridge", reader.Text("defaultbridge", plain.Vif.Bridge)),
                BackendDomain = reader.Text("vif.default.backend"),
                GatewayDevice = reader.Text("vif.default.gatewaydev"),
            },
        };
        document.ThrowIfUnusable();
        warnings = document.Problems;
        return defaults;
    }

    private static CpuList? Cpus(SettingReader reader, string key)
    {
        if (!reader.Has(key))
        {
            return null;
        }

        var list = CpuList.Parse(reader.Text(key), out string problem);
        if (list is null)
        {
            reader.Report(key, problem, "", "");
        }

        return list;
    }
}
