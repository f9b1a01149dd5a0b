using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>xl on standard output and by its status: ours beside Debian's in one boot, and Debian's on our hypervisor beside the same on real Xen.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class GoldenTests(GoldenRuns runs) : IClassFixture<GoldenRuns>
{
    [Theory]
    [InlineData(GoldenRuns.OnXen)]
    [InlineData(GoldenRuns.OnOurs)]
    [InlineData(GoldenRuns.WithOurDaemons)]
    public async Task Our_xl_prints_what_Debians_prints(string way)
    {
        Dom0Run run = await runs.OfAsync(way);
        Assert.True(run.Status != 125, run.ToString());
        Assert.Empty(run.Section("differences"));
        run.AssertWell();
    }

    [Theory]
    [InlineData(GoldenRuns.OnOurs)]
    [InlineData(GoldenRuns.WithOurDaemons)]
    public async Task Debians_xl_prints_what_it_prints_on_real_xen(string way)
    {
        string[] expected = Answers(await runs.OfAsync(GoldenRuns.OnXen));
        string[] found = Answers(await runs.OfAsync(way));
        Assert.True(expected.Length > 100, $"{expected.Length} lines");
        Assert.Equal(expected, found);
    }

    /// <summary>What Debian's xl said, without what a host may say of itself: version, build, memory kept, features.</summary>
    private static string[] Answers(Dom0Run run) =>
        [.. run.Output.Split('\n').TakeWhile(static line => line != "== differences").Where(static line => !Regex.IsMatch(line, GoldenRuns.FactsOfTheHost))];
}
