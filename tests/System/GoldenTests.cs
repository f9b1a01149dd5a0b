using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Our xl and Debian's, in one boot and about the same domains, print the same on standard output and end with the same status.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class GoldenTests
{
    [Theory]
    [InlineData("--reference --lab --kernel unpacked --tools xl")]
    [InlineData("--lab --kernel unpacked --tools xl")]
    public async Task Our_xl_prints_what_Debians_prints(string options)
    {
        Dom0Run run = await Dom0Run.ExecAsync(options, await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests/System/Golden/compare.sh")));
        run.AssertWell();
        Assert.DoesNotContain("DIFFERS", run.Output);
    }
}
