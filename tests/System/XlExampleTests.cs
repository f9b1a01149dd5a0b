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
    // Tried by the guide to autostart, and by XlDeviceTests.
    private static readonly string[] s_elsewhere = ["define ", "defined-list", "undefine ", "start ", "autostart ", "xendomains ", "vncviewer "];

    // Needs what our hypervisor does not have: CPU pools and other schedulers. Debian's Xen is without RTDS too.
    private static readonly string[] s_onRealXen =
        ["cpupool-c", "cpupool-d", "cpupool-m", "cpupool-n", "cpupool-r", "sched-credit ", "sched-rtds "];

    [Fact]
    public Task Every_example_of_the_manual_works() => TryAsync("--tools ours", 30, "xl.sh", example => !StartsWith(example, s_onRealXen));

    [Theory]
    [InlineData("credit2", 8, "cpupool-")]
    [InlineData("credit", 1, "sched-credit ")]
    public Task What_our_hypervisor_lacks_works_on_real_xen(string scheduler, int count, string start) =>
        TryAsync($"--reference --cmdline sched={scheduler} --tools xl", count, "pools.sh", example => StartsWith(example, start));

    private static bool StartsWith(string example, params string[] starts) =>
        starts.Any(start => example.StartsWith(start, StringComparison.Ordinal));

    private static async Task TryAsync(string options, int least, string script, Func<string, bool> isTried)
    {
        string manual = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/man/xl.1"));
        string[] examples = [.. Example().Matches(manual).Select(static match => match.Groups[1].Value.Replace("\\-", "-").Replace("\\e", "\\").TrimEnd())
            .Where(example => !StartsWith(example, s_elsewhere) && isTried(example))];
        Assert.True(examples.Length >= least, $"{examples.Length} examples");
        string typed = string.Concat(new[] { "dom0.sh", "xl.sh", script }.Distinct().Select(Read)) +
            string.Concat(examples.Select(static example => $"example '{example.Replace("'", "'\\''")}'\n"));
        Dom0Run run = await Dom0Run.ExecAsync($"{options} --lab --kernel unpacked --smp 4 --mem 4G", typed);
        run.AssertWell();
        Assert.DoesNotContain("FAILED: ", run.Output);
        Assert.Equal(examples.Length, Regex.Count(run.Output, "^well: xl ", RegexOptions.Multiline));
    }

    private static string Read(string script) => File.ReadAllText(Path.Combine(Repository.Root, "tests/System/Guides", script));

    [GeneratedRegex(@"^Example:\n\.B xl (.*)$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
