using Sharpen.Xl.Commands;
using Xunit;

namespace Sharpen.ToolsTests.Xl;

public sealed class ParsedTests
{
    private static readonly Option[] s_options = [new('l', "long", "", ""), new('w', "weight", "W", ""), new('\0', "force", "", ""), new('\0', "forward", "", "")];

    [Fact]
    public void Options_may_stand_anywhere_and_have_their_values_anyhow()
    {
        var line = Parsed.Parse(["a", "-l", "--weight=3", "b", "-w4", "-w", "5", "--", "-x"], s_options);
        Assert.Equal(["a", "b", "-x"], line.Arguments);
        Assert.True(line.Has("long"));
        Assert.Equal(3, line.Count("weight"));
        Assert.Equal("5", line.Value("weight"));
    }

    [Fact]
    public void Letters_may_stand_together()
    {
        var line = Parsed.Parse(["-lw7"], s_options);
        Assert.True(line.Has("long"));
        Assert.Equal("7", line.Value("weight"));
    }

    [Theory]
    [InlineData("--we=2")]
    [InlineData("--weig=2")]
    public void Long_names_may_be_cut_short(string word) => Assert.Equal("2", Parsed.Parse([word], s_options).Value("weight"));

    [Theory]
    [InlineData("-x", "there is no option -x: --help shows what there is")]
    [InlineData("--bogus", "there is no option --bogus: --help shows what there is")]
    [InlineData("-w", "option -w wants a value behind it")]
    [InlineData("--long=1", "option --long takes no value")]
    [InlineData("--for", "--for can be --force or --forward")]
    public void A_wrong_line_ends_with_status_2(string word, string message)
    {
        var exception = Assert.Throws<CommandException>(() => Parsed.Parse([word], s_options));
        Assert.Equal((2, message), (exception.Status, exception.Message));
    }
}
