using System;
using System.Collections.Generic;
using System.Linq;

namespace Sharpen.Toolstack.Config;

/// <summary>Makes a <see cref="DomainConfig"/> of a document. All faults of a document are found in one go.</summary>
public sealed class DomainConfigReader
{
    private const long MostMebibytes = 1L << 33;
    private static readonly string[] s_tscModes = ["default", "always_emulate", "native", "native_paravirt"];

    private readonly string _file;
    private readonly ConfigDocument _document;
    private readonly SettingReader _reader;
    private readonly ToolDefaults _defaults;

    private DomainConfigReader(string file, ConfigDocument document, ToolDefaults defaults)
    {
        (_file, _document, _defaults) = (file, document, defaults);
        _reader = new SettingReader(document);
    }

    /// <summary>Understands a document.</summary>
    /// <param name="file">The name that messages give it.</param>
    /// <param name="warnings">What could be better.</param>
    /// <exception cref="ConfigException">It cannot be used.</exception>
    public static DomainConfig Read(string file, ConfigDocument document, ToolDefaults defaults, out IReadOnlyList<ConfigProblem> warnings)
    {
        var reader = new DomainConfigReader(file, document, defaults);
        reader.CheckKeys();
        var config = reader.Build();
        document.ThrowIfUnusable();
        warnings = document.Problems;
        return config;
    }

    private void CheckKeys()
    {
        foreach (var setting in _document.Settings)
        {
            if (!KnownKeys.TryFind(setting.Key, out var standing))
            {
                string? near = Suggestion.For(setting.Key, KnownKeys.All);
                _document.Report(new ConfigProblem(setting.At, $"unknown key '{setting.Key}'",
                    near is null ? "xl.cfg(5) lists all keys" : $"did you mean '{near}'?"));
            }
            else if (standing == KeyStanding.Retired)
            {
                _document.Report(new ConfigProblem(setting.At, $"'{setting.Key}' is ignored", KnownKeys.SuccessorOf(setting.Key), IsWarning: true));
            }
            else if (standing == KeyStanding.Missing && setting.Value is not (ConfigList { Items.Count: 0 } or ConfigAtom { Text: "" or "0" }))
            {
                _document.Report(new ConfigProblem(setting.At, $"this toolstack cannot do '{setting.Key}'", "take the line out"));
            }
        }
    }

    private DomainConfig Build()
    {
        int vcpus = _reader.Int("vcpus", 1, DomainConfig.MostVcpus) ?? 1;
        int most = Math.Max(_reader.Int("maxvcpus", 1, DomainConfig.MostVcpus) ?? vcpus, 1);
        ulong memory = (ulong)(_reader.Number("memory", 1, MostMebibytes) ?? _reader.Number("maxmem", 1, MostMebibytes) ?? 32) * 1024;
        ulong maximum = (ulong)(_reader.Number("maxmem", 1, MostMebibytes) ?? (long)(memory / 1024)) * 1024;
        Check(vcpus, most, memory, maximum);
        return new DomainConfig
        {
            Name = Name(),
            Uuid = Uuid(),
            Domain = (ushort?)_reader.Int("domid", 1, 0x7fef),
            Memory = memory,
            MaximumMemory = maximum,
            Vcpus = vcpus,
            MaximumVcpus = Math.Max(most, vcpus),
            HardAffinity = Affinity("cpus"),
            SoftAffinity = Affinity("cpus_soft"),
            Kernel = _reader.Text("kernel"),
            Ramdisk = _reader.Text("ramdisk"),
            CommandLine = CommandLine(),
            Bootloader = _reader.Text("bootloader"),
            BootloaderArguments = BootloaderArguments(),
            OnPoweroff = Action("on_poweroff", EventAction.Destroy),
            OnReboot = Action("on_reboot", EventAction.Restart),
            OnWatchdog = Action("on_watchdog", EventAction.Destroy),
            OnCrash = Action("on_crash", EventAction.Destroy),
            OnSoftReset = Action("on_soft_reset", EventAction.SoftReset),
            Disks = Disks(),
            Vifs = Vifs(),
            Channels = Specs<ChannelSpec>("channel", ChannelParser.Parse),
            Screens = Screens(),
            Pool = _reader.Text("pool"),
            Weight = _reader.Int("cpu_weight", 1, 65535),
            Cap = _reader.Int("cap", 0, 65535),
            GrantFrames = _reader.Int("max_grant_frames", 0, int.MaxValue) ?? _defaults.GrantFrames,
            MaptrackFrames = _reader.Int("max_maptrack_frames", 0, int.MaxValue) ?? _defaults.MaptrackFrames,
            GrantVersion = _reader.Int("max_grant_version", 0, 2) ?? _defaults.GrantVersion,
            EventChannels = _reader.Int("max_event_channels", 1, int.MaxValue) ?? 1023,
            TscMode = TscMode(),
            IsPinnedToHost = _reader.Flag("nomigrate"),
            IsDriverDomain = _reader.Flag("driver_domain"),
            TimeOffset = _reader.Int("rtc_timeoffset", int.MinValue, int.MaxValue) ?? 0,
        };
    }

    private void Check(int vcpus, int most, ulong memory, ulong maximum)
    {
        string type = _reader.Has("type") ? _reader.Text("type") : _reader.Text("builder", "generic");
        if (type is not ("pv" or "generic" or "linux"))
        {
            _reader.Report(_reader.Has("type") ? "type" : "builder", $"this toolstack makes PV guests, not '{type}'", "write type = \"pv\"", _file);
        }

        if (most < vcpus)
        {
            _reader.Report("maxvcpus", $"maxvcpus ({most}) is less than vcpus ({vcpus})", "raise maxvcpus", _file);
        }

        if (maximum < memory)
        {
            _reader.Report("maxmem", $"maxmem ({maximum / 1024}) is less than memory ({memory / 1024})", "raise maxmem", _file);
        }

        if (!_reader.Has("kernel") && !_reader.Has("bootloader"))
        {
            _reader.Report("kernel", "there is neither a kernel nor a bootloader", "write kernel = \"PATH\"", _file);
        }
    }

    private string Name()
    {
        string name = _reader.Text("name");
        if (name.Length == 0)
        {
            _reader.Report("name", "the domain has no name", "write name = \"NAME\"", _file);
        }
        else if (name.Contains('/') || name.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            _reader.Report("name", $"a domain's name has no '/' and no control characters", "choose another", _file);
        }
        else if (!name.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            _reader.Report("name", $"'{name}' is a number, which commands would take for a domain's number", "choose another", _file);
        }

        return name;
    }

    private Guid? Uuid()
    {
        string text = _reader.Text("uuid");
        if (text.Length == 0)
        {
            return null;
        }

        if (!Guid.TryParse(text, out var uuid))
        {
            _reader.Report("uuid", $"'{text}' is no UUID", "write 8-4-4-4-12 hexadecimal digits, or leave it out", _file);
        }

        return uuid;
    }

    private CpuList[] Affinity(string key)
    {
        var lists = new List<CpuList>();
        foreach (var atom in _reader.Texts(key))
        {
            if (CpuList.Parse(atom.Text, out string problem) is { } list)
            {
                lists.Add(list);
            }
            else
            {
                _reader.Report(atom, problem);
            }
        }

        return [.. lists];
    }

    private string CommandLine()
    {
        if (_reader.Has("cmdline"))
        {
            foreach (string key in (ReadOnlySpan<string>)["root", "extra"])
            {
                if (_document.Find(key) is { } setting)
                {
                    _document.Report(new ConfigProblem(setting.At, $"'{key}' is ignored, since there is 'cmdline'", IsWarning: true));
                }
            }

            return _reader.Text("cmdline");
        }

        string root = _reader.Has("root") ? $"root={_reader.Text("root")}" : "";
        return root.Length > 0 && _reader.Has("extra") ? $"{root} {_reader.Text("extra")}" : root + _reader.Text("extra");
    }

    private string[] BootloaderArguments()
    {
        var arguments = new List<string>();
        foreach (var atom in _reader.Texts("bootloader_args"))
        {
            arguments.AddRange(_document.Find("bootloader_args")?.Value is ConfigList ? [atom.Text] : atom.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return [.. arguments];
    }

    private EventAction Action(string key, EventAction absent)
    {
        string word = _reader.Text(key);
        if (word.Length == 0)
        {
            return absent;
        }

        if (!EventActions.TryParse(word, out var action))
        {
            _reader.Report(key, $"'{word}' is nothing that can be done with a domain", $"one of {EventActions.Words}", _file);
        }

        return action;
    }

    private int TscMode()
    {
        string word = _reader.Text("tsc_mode", "default");
        int mode = Array.IndexOf(s_tscModes, word);
        return mode >= 0 ? mode : _reader.Int("tsc_mode", 0, 3) ?? 0;
    }

    private DiskSpec[] Disks()
    {
        var disks = new List<DiskSpec>();
        var seen = new HashSet<VirtualDisk>();
        foreach (var atom in _reader.Texts("disk"))
        {
            var disk = DiskParser.Parse(atom.Text, out string problem);
            if (disk is not null && !seen.Add(disk.Device))
            {
                problem = $"there are two disks '{disk.Name}'";
                disk = null;
            }

            if (disk is null)
            {
                _reader.Report(atom, problem);
            }
            else
            {
                disks.Add(disk);
            }
        }

        return [.. disks];
    }

    private VifSpec[] Vifs() => Specs<VifSpec>("vif", (string text, out string problem) => VifParser.Parse(text, _defaults.Vif, out problem));

    // Without any, one of the keys that an HVM guest's screen has.
    private ScreenSpec[] Screens()
    {
        if (_document.Find("vfb") is not null || !_reader.Flag("vnc"))
        {
            return Specs<ScreenSpec>("vfb", ScreenParser.Parse);
        }

        string text = string.Join(',', ScreenParser.Keys.Where(_reader.Has).Select(key => $"{key}={_reader.Text(key)}"));
        if (ScreenParser.Parse(text, out string problem) is { } screen)
        {
            return [screen];
        }

        _reader.Report("vnc", problem, "correct the keys that begin with vnc", _file);
        return [];
    }

    private delegate T? Parser<T>(string text, out string problem);

    private T[] Specs<T>(string key, Parser<T> parse)
        where T : class
    {
        var specs = new List<T>();
        foreach (var atom in _reader.Texts(key))
        {
            if (parse(atom.Text, out string problem) is { } spec)
            {
                specs.Add(spec);
            }
            else
            {
                _reader.Report(atom, problem);
            }
        }

        return [.. specs];
    }
}
