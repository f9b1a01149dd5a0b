using Sharpen.Xenconsoled;
using Xunit;

namespace Sharpen.ToolsTests.Xenconsoled;

public sealed class ConsoleOptionTests
{
    [Fact]
    public void Options_of_init_scripts_are_read()
    {
        ConsoleOptions options = OptionReader.Read(["--pid-file=/run/x", "--log=all", "--log-dir", "/l", "--timestamp=guest", "-i"], out string? fault)!;
        Assert.Null(fault);
        Assert.Equal(("/run/x", "/l", true, true, true, false, true),
            (options.PidPath, options.LogFolder, options.LogsGuests, options.LogsHypervisor, options.TimesGuests, options.TimesHypervisor, options.NoFork));
    }

    [Theory]
    [InlineData("--bananas", "unknown option --bananas")]
    [InlineData("--log=some", "--log cannot be some")]
    [InlineData("--log", "--log wants a value")]
    [InlineData("--verbose=1", "--verbose takes no value")]
    [InlineData("--history=5", "--history cannot be 5")]
    public void What_is_wrong_is_told(string word, string expected)
    {
        _ = OptionReader.Read([word], out string? fault);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Help_is_no_fault() => Assert.Null(OptionReader.Read(["--help"], out _));
}
