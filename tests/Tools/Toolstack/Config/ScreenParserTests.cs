using Sharpen.Toolstack.Config;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Config;

/// <summary>What <c>vfb = [...]</c> says.</summary>
public sealed class ScreenParserTests
{
    [Fact]
    public void A_screen_is_shown_to_this_host_alone_on_a_display_that_is_free()
    {
        var screen = ScreenParser.Parse("", out string problem);
        Assert.Equal((true, "127.0.0.1", 0, true, "", ""), (screen!.IsShown, screen.Address, screen.Display, screen.TakesNext, screen.Password, problem));
    }

    [Theory]
    [InlineData("vnc=1,vnclisten=0.0.0.0,vncdisplay=3,vncunused=0", "0.0.0.0", 3, false)]
    [InlineData("vnclisten=127.0.0.1:7", "127.0.0.1", 7, true)]
    [InlineData("vnclisten=[::1]:2", "[::1]", 2, true)]
    [InlineData("vnclisten=[::1]", "[::1]", 0, true)]
    public void It_listens_where_it_is_told(string text, string address, int display, bool takesNext)
    {
        var screen = ScreenParser.Parse(text, out _);
        Assert.Equal((address, display, takesNext), (screen!.Address, screen.Display, screen.TakesNext));
    }

    [Theory]
    [InlineData("sdl=1", "write vnc=1")]
    [InlineData("vncdisplay=x", "no display's number")]
    [InlineData("vncdisplay=59636", "0 to 59635")]
    [InlineData("vnclisten=127.0.0.1:7,vncdisplay=3", "leave vncdisplay= out")]
    [InlineData("vncpasswd=123456789", "at most 8")]
    [InlineData("vnclisen=1", "did you mean 'vnclisten'?")]
    public void What_is_wrong_is_said(string text, string expected)
    {
        Assert.Null(ScreenParser.Parse(text, out string problem));
        Assert.Contains(expected, problem, System.StringComparison.Ordinal);
    }

    [Fact]
    public void The_keys_of_an_emulated_screen_make_one()
    {
        const string Text = "name = \"g\"\nkernel = \"k\"\nmemory = 8\nvnc = 1\nvnclisten = \"0.0.0.0\"\nvncdisplay = 4\n";
        var config = DomainConfigReader.Read("g.cfg", ConfigDocument.Parse("g.cfg", Text), new ToolDefaults(), out var warnings);
        Assert.Equal(("0.0.0.0", 4), (Assert.Single(config.Screens).Address, config.Screens[0].Display));
        Assert.Empty(warnings);
    }
}
