using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Figures that repeat exactly may be held to: <c>bench/README.md</c> says what they mean.</summary>
public sealed partial class BenchTests
{
    /// <summary>A quarter of what real Xen takes, its waits left out and ours counted.</summary>
    private const long BootBudget = 27_750_000;

    [Fact]
    public async Task The_boot_stays_within_its_instructions()
    {
        string table = await Repository.RunAsync("timeout", "200", "bench/boot", "--ours");
        Match total = Total().Match(table);
        Assert.True(total.Success, table);
        Assert.InRange(long.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture), 1, BootBudget);
    }

    [GeneratedRegex(@"instructions, all CPUs\s+(\d+)")]
    private static partial Regex Total();
}
