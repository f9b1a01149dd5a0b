using Sharpen.Xenstored;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

public sealed class StoreOptionTests
{
    [Fact]
    public void Options_of_init_scripts_are_read()
    {
        StoreOptions options = OptionReader.Read(["--pid-file", "/run/x", "-N", "--internal-db=on", "-E", "50", "--quota=watches=3", "-T", "/log"], out string? fault)!;
        Assert.Null(fault);
        Assert.Equal(("/run/x", true, 50, 3, "/log"), (options.PidPath, options.NoFork, options.Quotas.Nodes, options.Quotas.Watches, options.LogPath));
    }

    [Theory]
    [InlineData("--bananas", "unknown option --bananas")]
    [InlineData("--pid-file", "--pid-file wants a value")]
    [InlineData("--entry-nb=x", "--entry-nb: there is no limit nodes to be x")]
    [InlineData("--quota=bananas=3", "--quota: there is no limit bananas to be 3")]
    [InlineData("--quota=3", "--quota wants NAME=N, not 3")]
    public void What_is_wrong_is_told(string word, string expected)
    {
        _ = OptionReader.Read([word], out string? fault);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Help_is_no_fault() => Assert.Null(OptionReader.Read(["--help"], out _));
}
