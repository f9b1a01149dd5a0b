using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Sharpen.SystemTests;

/// <summary>The examples of a page of docs/guide. A block says by its word where it is typed: <c>host</c>, <c>dom0</c> or <c>guest</c> (the shell on
/// the guest's console); what is not typed is <c>text</c>.</summary>
public sealed partial class GuidePage
{
    private static readonly string[] s_places = ["host", "dom0", "guest", "text"];

    private readonly List<(string Place, string Text)> _blocks = [];

    private GuidePage(string text)
    {
        foreach (Match block in Block().Matches(text))
        {
            _blocks.Add((block.Groups[1].Value, block.Groups[2].Value));
        }

        Unplaced = [.. _blocks.Where(static block => !s_places.Contains(block.Place)).Select(static block => block.Text),
            .. Indented().Matches(Block().Replace(text, "")).Select(static line => line.Value)];
    }

    /// <summary>The pages.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(Repository.Root, "docs/guide"), "*.md").Select(static path => Path.GetFileNameWithoutExtension(path)!).Order();

    /// <summary>Examples of which the page does not say where they are typed.</summary>
    public IReadOnlyList<string> Unplaced { get; }

    /// <summary>Reads a page.</summary>
    public static GuidePage Read(string name) => new(File.ReadAllText(Path.Combine(Repository.Root, "docs/guide", name + ".md")));

    /// <summary>Whether something is to be typed there.</summary>
    public bool Has(string place) => _blocks.Any(block => block.Place == place);

    /// <summary>A bash script for dom0: all that is typed in dom0 and in the guest, in order.</summary>
    public string InDom0()
    {
        var script = new StringBuilder(File.ReadAllText(Path.Combine(Repository.Root, "tests/System/Guides/dom0.sh")));
        int number = 0;
        foreach ((string place, string text) in _blocks.Where(static block => block.Place is "dom0" or "guest"))
        {
            script.Append($"echo '== block {++number}'\n");
            if (place == "dom0")
            {
                script.Append($"leave\n{text}");
                continue;
            }

            foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                script.Append($"in_guest '{Comment().Replace(line, "").Replace("'", "'\\''", StringComparison.Ordinal)}'\n");
            }
        }

        return script.Append("leave\necho '== end'\n").ToString();
    }

    /// <summary>A bash script for this machine.</summary>
    public string OnHost() =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests/System/Guides/host.sh")) +
        string.Concat(_blocks.Where(static block => block.Place == "host").Select(static block => block.Text));

    [GeneratedRegex(@"^```([^\n]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<=\n\n) {4}\S.*", RegexOptions.Multiline)]
    private static partial Regex Indented();

    [GeneratedRegex(@"\s+#\s.*$")]
    private static partial Regex Comment();
}
