using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>The main job, as <c>./run main</c> shows it: a Debian guest made, used, pinged and shut down by the tools of dom0.</summary>
public sealed partial class DemonstrationTests
{
    [Fact]
    public Task Debians_tools_run_a_debian_guest() => Demonstrate("--tools debian");

    [ToolsFact("xenstored", "xenconsoled")]
    [Trait(Tier.Name, Tier.All)]
    public Task Our_daemons_serve_debians_xl() => Demonstrate("--tools xenstored,xenconsoled");

    [ToolsFact("xl", "xenstored", "xenconsoled")]
    public Task Our_tools_run_a_debian_guest() => Demonstrate("--tools ours");

    /// <summary>The control, and our tools one by one among Debian's on Debian's Xen.</summary>
    [Theory]
    [Trait(Tier.Name, Tier.All)]
    [InlineData("debian")]
    [InlineData("xl")]
    [InlineData("xenstored")]
    [InlineData("xenconsoled")]
    public Task It_runs_on_real_xen(string tools) => tools == "debian" || IsBuilt(tools) ? Demonstrate($"--reference --tools {tools}") : Task.CompletedTask;

    /// <summary>A program for dom0 that <c>./build</c> has made.</summary>
    internal static bool IsBuilt(string tool) => File.Exists(Path.Combine(Repository.Root, "out/tools", tool));

    private static async Task Demonstrate(string options)
    {
        Dom0Run run = await Dom0Run.ExecAsync($"{options} --lab --kernel unpacked", "bash /lab/demo");
        run.AssertWell();
        string[] lines = run.Output.Split('\n');
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^  \| Linux 6\.1\.\S+ x86_64$"));
        Assert.Contains("  | 2", lines);
        Assert.Equal(2, lines.Count(line => Pinged().IsMatch(line)));
        Assert.Single(lines, line => Regex.IsMatch(line, "^debian +1 +128 +2 +"));
        Assert.Contains(lines, line => line.StartsWith("memory: ", System.StringComparison.Ordinal));
    }

    [GeneratedRegex(@"3 packets transmitted, 3 (packets )?received, 0% packet loss")]
    private static partial Regex Pinged();
}
