using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Every example of docs/guide does what it says, in the order in which it stands there.</summary>
public sealed class GuideTests
{
    public static TheoryData<string> PagesWith(string place) => new(GuidePage.Names.Where(name => GuidePage.Read(name).Has(place)));

    [Fact]
    public void Every_example_says_where_it_is_typed() => Assert.Empty(GuidePage.Names.SelectMany(static name => GuidePage.Read(name).Unplaced));

    [Theory]
    [Trait(Tier.Name, Tier.All)]
    [MemberData(nameof(PagesWith), "dom0")]
    public async Task What_is_typed_in_dom0_works(string page)
    {
        Dom0Run run = await Dom0Run.ExecAsync("--tools ours --lab --kernel unpacked --smp 4 --mem 3G", GuidePage.Read(page).InDom0());
        run.AssertWell();
        Assert.DoesNotContain("guest-failed", run.Output);
        run.Section("end");
    }

    [Theory]
    [Trait(Tier.Name, Tier.All)]
    [MemberData(nameof(PagesWith), "host")]
    public async Task What_is_typed_on_the_host_works(string page) =>
        Assert.EndsWith("status 0\n", await Repository.RunAsync("bash", "-c", $"exec 2>&1\n{GuidePage.Read(page).OnHost()}\necho 'status 0'\n"));
}
