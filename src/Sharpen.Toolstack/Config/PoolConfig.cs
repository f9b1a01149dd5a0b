using System;
using System.Collections.Generic;
using System.Linq;

namespace Sharpen.Toolstack.Config;

/// <summary>A CPU pool as a text wants it. Source: xlcpupool.cfg(5).</summary>
public sealed record PoolConfig
{
    private static readonly string[] s_keys = ["name", "sched", "nodes", "cpus"];

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The word for its scheduler; empty for that of the first pool.</summary>
    public string Scheduler { get; init; } = "";

    /// <summary>Its CPUs, which must be free; null when they are not said.</summary>
    public CpuList? Cpus { get; init; }

    /// <summary>Nodes, whose free CPUs it gets; null when they are not said.</summary>
    public CpuList? Nodes { get; init; }

    /// <summary>Understands a document.</summary>
    /// <param name="file">The name that messages give it.</param>
    /// <exception cref="ConfigException">It cannot be used.</exception>
    public static PoolConfig Read(string file, ConfigDocument document)
    {
        foreach (var setting in document.Settings.Where(static setting => Array.IndexOf(s_keys, setting.Key) < 0))
        {
            string? near = Suggestion.For(setting.Key, s_keys);
            document.Report(new ConfigProblem(setting.At, $"unknown key '{setting.Key}'", near is null ? "xlcpupool.cfg(5) lists all keys" : $"did you mean '{near}'?"));
        }

        var reader = new SettingReader(document);
        var config = new PoolConfig
        {
            Name = reader.Text("name"),
            Scheduler = reader.Text("sched"),
            Cpus = List(reader, "cpus", ""),
            Nodes = List(reader, "nodes", "node:"),
        };
        if (config.Name.Length == 0)
        {
            reader.Report("name", "the pool has no name", "write name = \"NAME\"", file);
        }

        if (config is { Cpus: not null, Nodes: not null })
        {
            reader.Report("nodes", "there are both cpus and nodes", "take one of them out", file);
        }

        document.ThrowIfUnusable();
        return config;
    }

    private static CpuList? List(SettingReader reader, string key, string prefix)
    {
        IReadOnlyList<ConfigAtom> atoms = reader.Texts(key);
        if (atoms.Count == 0)
        {
            return null;
        }

        var list = CpuList.Parse(string.Join(',', atoms.SelectMany(static atom => atom.Text.Split(',')).Select(text => prefix + text.Trim())), out string problem);
        if (list is null)
        {
            reader.Report(atoms[0], problem);
        }

        return list;
    }
}
