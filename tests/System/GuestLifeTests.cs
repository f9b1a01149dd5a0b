using System.Linq;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>PV guests that Debian's unmodified <c>xl</c> makes, changes and ends.</summary>
public sealed class GuestLifeTests(GuestBoot boot) : IClassFixture<GuestBoot>
{
    [Fact]
    public void Nothing_fails()
    {
        boot.Run.AssertWell();
        Assert.False(boot.Run.Output.Contains("failed:"), boot.Run.ToString());
    }

    [Fact]
    public void All_that_guests_owned_comes_back()
    {
        Assert.Equal(boot.Run.Section("free before"), boot.Run.Section("free after"));
        Assert.Equal(boot.Run.Section("free before"), boot.Run.Section("free at the end"));
        string[] log = boot.Run.Section("dmesg");
        Assert.Equal(boot.Run.Section("ended").Single(line => line.StartsWith("Domain-0", System.StringComparison.Ordinal)), boot.Run.Section("ended").Last());
        Assert.DoesNotContain(log, line => line.Contains("did not come back"));
        Assert.Equal(GuestBoot.Rounds + 8, log.Count(line => line.Contains("gone, all that it owned came back")));
    }

    [Fact]
    public void A_guest_has_the_vcpus_and_the_memory_that_were_asked_for()
    {
        Assert.Matches(@"^eight +\d+ +16 +1 +[r-]-+ ", boot.Run.Section("life").Last());
        Assert.Equal(9, boot.Run.Section("vcpus").Length);
    }

    [Fact]
    public void It_is_paused_pinned_weighed_and_renamed()
    {
        Assert.Matches(@"^eight +\d+ +16 +1 +[r-][b-]p", boot.Run.Section("paused").Last());
        Assert.Contains(boot.Run.Section("pinned"), line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^eight +\d+ +1 .* 1 / all"));
        Assert.Matches(@"^eight +\d+ +512 +0$", boot.Run.Section("weight").Last());
        Assert.Equal("nine", boot.Run.Section("names")[1]);
        Assert.Contains(boot.Run.Section("names"), line => line.Contains("\"max_vcpus\": 8"));
    }

    [Fact]
    public void Several_run_at_once() => Assert.Equal(6, boot.Run.Section("many").Count(line => line.StartsWith("many", System.StringComparison.Ordinal)));
}
