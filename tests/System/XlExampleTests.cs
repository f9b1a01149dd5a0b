using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>The examples of xl's manual, and so of its help, do what they say.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed partial class XlExampleTests
{
    // Tried by the guide to autostart; what wants CPU pools or another scheduler; what changes the host; and what waits for keys.
    private static readonly string[] s_elsewhere =
        ["define ", "defined-list", "undefine ", "start ", "autostart ", "xendomains ", "cpupool-c", "cpupool-d", "cpupool-m", "cpupool-n", "cpupool-r", "sched-credit ", "sched-rtds ", "set-parameters ", "top"];

    [Fact]
    public async Task Every_example_of_the_manual_works()
    {
        string manual = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/man/xl.1"));
        string[] examples = [.. Example().Matches(manual).Select(static match => match.Groups[1].Value.Replace("\\-", "-").Replace("\\e", "\\").TrimEnd())
            .Where(static example => !s_elsewhere.Any(start => example.StartsWith(start, StringComparison.Ordinal)))];
        Assert.True(examples.Length > 30, $"{examples.Length} examples");
        string guides = Path.Combine(Repository.Root, "tests/System/Guides");
        string script = await File.ReadAllTextAsync(Path.Combine(guides, "dom0.sh")) + await File.ReadAllTextAsync(Path.Combine(guides, "xl.sh")) +
            string.Concat(examples.Select(static example => $"example '{example.Replace("'", "'\\''")}'\n"));
        Dom0Run run = await Dom0Run.ExecAsync("--tools ours --lab --kernel unpacked --smp 4 --mem 4G", script);
        run.AssertWell();
        Assert.DoesNotContain("FAILED: ", run.Output);
        Assert.Equal(examples.Length, Regex.Count(run.Output, "^well: xl ", RegexOptions.Multiline));
    }

    [GeneratedRegex(@"^Example:\n\.B xl (.*)$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
