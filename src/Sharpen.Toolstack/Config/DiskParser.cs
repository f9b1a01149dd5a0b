using System;
using System.Collections.Generic;

namespace Sharpen.Toolstack.Config;

/// <summary>Understands a disk: positional parts, <c>key=value</c>, flags, and the prefixes of old. Source: xl-disk-configuration(5).</summary>
public sealed class DiskParser
{
    private static readonly string[] s_words =
    [
        "target", "format", "vdev", "access", "devtype", "cdrom", "backend", "backendtype", "script", "direct-io-safe", "discard",
        "no-discard", "trusted", "untrusted", "specification",
    ];

    // Four times the longest path.
    private const int MostCharacters = 16 << 10;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);
    private string _problem = "";

    /// <summary>Understands a disk of a configuration.</summary>
    /// <param name="problem">What is wrong, with the way out; empty when nothing is.</param>
    /// <returns>Null when it cannot be understood.</returns>
    public static DiskSpec? Parse(string text, out string problem)
    {
        if (text.Length > MostCharacters)
        {
            problem = $"a disk of {text.Length} characters is none: at most {MostCharacters} are understood";
            return null;
        }

        var parser = new DiskParser();
        parser.Split(text);
        var disk = parser._problem.Length == 0 ? parser.Build(text) : null;
        problem = parser._problem;
        return disk;
    }

    private void Split(string text)
    {
        int positions = 0;
        for (int at = 0; at <= text.Length && _problem.Length == 0;)
        {
            string rest = text[at..].TrimStart();
            if (rest.StartsWith("target=", StringComparison.Ordinal))
            {
                Set("target", rest[7..]);
                return;
            }

            int comma = rest.IndexOf(',');
            string part = comma < 0 ? rest : rest[..comma];
            at = comma < 0 ? text.Length + 1 : text.Length - rest.Length + comma + 1;
            Part(part.Trim(), ref positions);
        }
    }

    private void Part(string part, ref int positions)
    {
        int equals = part.IndexOf('=');
        if (equals > 0 && Array.IndexOf(s_words, part[..equals]) >= 0)
        {
            Set(part[..equals], part[(equals + 1)..]);
        }
        else if (part is "cdrom" or "direct-io-safe" or "discard" or "no-discard" or "trusted" or "untrusted")
        {
            _flags.Add(part);
        }
        else if (equals > 0 && !part.Contains('/'))
        {
            string? near = Suggestion.For(part[..equals], s_words);
            _problem = $"a disk has no '{part[..equals]}'{(near is null ? "" : $", did you mean '{near}'?")}";
        }
        else
        {
            Positional(part, ref positions);
        }
    }

    private void Positional(string part, ref int positions)
    {
        while (positions < 4 && _values.ContainsKey(s_words[positions]))
        {
            positions++;
        }

        if (positions >= 4)
        {
            _problem = $"'{part}' is one part too many: target, format, vdev and access are there";
        }
        else if (positions == 0)
        {
            Target(part);
        }
        else if (positions == 1 && !IsFormat(part) && IsDevice(part))
        {
            Set("format", "");
            Device(part);
        }
        else if (positions == 2)
        {
            Device(part);
        }
        else
        {
            Set(s_words[positions], part);
        }
    }

    private static bool IsFormat(string part) => part is "" or "raw" or "qcow" or "qcow2" or "vhd" or "qed";

    private static bool IsDevice(string part) => VirtualDisk.TryParse(part.Split(':')[0], out _);

    // Old forms: raw:/dev/x, phy:/dev/x, tap:aio:/x, iscsi:x.
    private void Target(string part)
    {
        for (bool more = true; more;)
        {
            int colon = part.IndexOf(':');
            string prefix = colon < 0 ? "" : part[..colon];
            more = true;
            switch (prefix)
            {
                case "raw" or "qcow" or "qcow2" or "vhd" or "qed":
                    Set("format", prefix);
                    break;
                case "iscsi" or "nbd" or "enbd" or "drbd":
                    Set("script", "block-" + prefix);
                    break;
                case "tapdisk" or "tap2" or "tap" or "aio" or "ioemu" or "file" or "phy":
                    break;
                default:
                    more = false;
                    break;
            }

            part = more ? part[(colon + 1)..] : part;
        }

        Set("target", part);
    }

    private void Device(string part)
    {
        int colon = part.IndexOf(':');
        Set("vdev", colon < 0 ? part : part[..colon]);
        if (colon >= 0)
        {
            Set("devtype", part[(colon + 1)..]);
        }
    }

    private void Set(string key, string value)
    {
        if (_values.TryGetValue(key, out string? old) && old.Length > 0 && old != value)
        {
            _problem = $"'{key}' is given twice";
        }

        _values[key] = value;
    }

    private string Value(string key) => _values.GetValueOrDefault(key, "");

    private DiskSpec? Build(string text)
    {
        string name = Value("vdev");
        bool cdrom = _flags.Contains("cdrom") || Value("devtype") == "cdrom";
        if (name.Length == 0)
        {
            return Fail($"'{text}' does not say which disk of the guest it is: add vdev=xvda");
        }

        if (!VirtualDisk.TryParse(name, out var device))
        {
            return Fail($"'{name}' is no name for a guest's disk: write xvda, xvdb, sda1, hda ...");
        }

        if (Value("devtype") is not ("" or "disk" or "cdrom"))
        {
            return Fail($"a disk's devtype is 'disk' or 'cdrom', not '{Value("devtype")}'");
        }

        string target = Value("target");
        if (target.Length == 0 && !cdrom)
        {
            return Fail($"'{text}' does not say what holds the disk: add target=PATH");
        }

        if (Value("specification") is not ("" or "xen"))
        {
            return Fail($"this toolstack has disks of the specification 'xen' only, not '{Value("specification")}'");
        }

        return TryFormat(Value("format"), out var format) && TryAccess(Value("access"), cdrom, out bool readOnly) && TryBackend(Value("backendtype"), out var backend)
            ? new DiskSpec
            {
                Target = target.Length == 0 || target[0] == '/' || Value("script").Length > 0 ? target : "/dev/" + target,
                Format = target.Length == 0 ? DiskFormat.Empty : format,
                Name = name,
                Device = device,
                IsReadOnly = readOnly,
                IsCdrom = cdrom,
                BackendDomain = Value("backend"),
                Backend = backend,
                Script = Value("script"),
                IsDirectSafe = _flags.Contains("direct-io-safe"),
                CanDiscard = !_flags.Contains("no-discard"),
                IsTrusted = !_flags.Contains("untrusted"),
            }
            : null;
    }

    private DiskSpec? Fail(string problem)
    {
        _problem = problem;
        return null;
    }

    private bool TryFormat(string word, out DiskFormat format)
    {
        format = word switch { "qcow" => DiskFormat.Qcow, "qcow2" => DiskFormat.Qcow2, "vhd" => DiskFormat.Vhd, "qed" => DiskFormat.Qed, _ => DiskFormat.Raw };
        return IsFormat(word) || Fail($"a disk's format is raw, qcow, qcow2, vhd or qed, not '{word}'") is not null;
    }

    private bool TryAccess(string word, bool cdrom, out bool readOnly)
    {
        readOnly = cdrom || word is "r" or "ro";
        return word is "" or "r" or "ro" or "w" or "rw" or "w!" || Fail($"a disk's access is r, ro, w or rw, not '{word}'") is not null;
    }

    private bool TryBackend(string word, out DiskBackend backend)
    {
        backend = word switch { "phy" => DiskBackend.Phy, "qdisk" => DiskBackend.Qdisk, "standalone" => DiskBackend.Standalone, _ => DiskBackend.Unknown };
        return word is "" or "phy" or "qdisk" or "standalone" || Fail($"a disk's backendtype is phy, qdisk or standalone, not '{word}'") is not null;
    }
}
