using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Sharpen.Toolstack.Config;

/// <summary>The settings of one or more texts, by key; of a key set twice the last counts, and <c>+=</c> adds: to a list
/// its items, to a string its characters. Collects what is wrong with the texts.</summary>
public sealed class ConfigDocument
{
    /// <summary>Longest file that is read, in bytes.</summary>
    public const int MostBytes = 1 << 20;

    // What is added to again and again is copied each time.
    private const int MostAdded = 16 << 10;

    private readonly Dictionary<string, ConfigSetting> _settings = [];
    private readonly List<ConfigProblem> _problems = [];

    /// <summary>Settings in the order in which their keys appeared first.</summary>
    public IEnumerable<ConfigSetting> Settings => _settings.Values;

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<ConfigProblem> Problems => _problems;

    /// <summary>Reads a text.</summary>
    /// <param name="file">The name that messages give it.</param>
    public static ConfigDocument Parse(string file, string text)
    {
        var document = new ConfigDocument();
        ConfigParser.Parse(file, text, document);
        return document;
    }

    /// <summary>Reads a text behind this one, as <c>KEY=VALUE</c> of a command line are.</summary>
    public void Add(string file, string text) => ConfigParser.Parse(file, text, this);

    /// <summary>Reads a file as text: UTF-8 where it is that, else byte by byte.</summary>
    /// <exception cref="IOException">It cannot be read, or is larger than <see cref="MostBytes"/>.</exception>
    public static string ReadText(string path)
    {
        byte[] bytes = BoundedFile.Read(path, MostBytes);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>The value of a key, or null.</summary>
    public ConfigSetting? Find(string key) => _settings.GetValueOrDefault(key);

    /// <summary>Notes a problem.</summary>
    public void Report(ConfigProblem problem) => _problems.Add(problem);

    /// <summary>Sets a key, or adds to what it has.</summary>
    public void Set(ConfigSetting setting, bool append)
    {
        var value = setting.Value;
        if (append && Find(setting.Key) is { } old)
        {
            switch (old.Value, value)
            {
                case (ConfigList first, ConfigList second):
                    first.Add(second.Items);
                    return;
                case (ConfigAtom first, ConfigAtom second) when first.Text.Length > MostAdded:
                    Report(new ConfigProblem(second.At, $"'{setting.Key}' has more than {MostAdded} characters", "shorten it"));
                    return;
                case (ConfigAtom first, ConfigAtom second):
                    value = new ConfigAtom(first.Text + second.Text, first.At);
                    break;
                default:
                    Report(new ConfigProblem(setting.At, $"'{setting.Key}' is {(old.Value is ConfigList ? "a list" : "a string")} at line {old.At.Line}",
                        "+= adds a list to a list, or a string to a string"));
                    return;
            }
        }

        _settings[setting.Key] = setting with { Value = value };
    }

    /// <summary>Throws when there is a problem that is not a mere warning.</summary>
    /// <exception cref="ConfigException">There is one.</exception>
    public void ThrowIfUnusable()
    {
        if (_problems.Any(static problem => !problem.IsWarning))
        {
            throw new ConfigException(_problems);
        }
    }
}
