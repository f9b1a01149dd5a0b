using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Devices;

/// <summary>Which display a screen gets, and what QEMU is told of it.</summary>
public sealed class ScreensTests
{
    [Theory]
    [InlineData("   0: 0100007F:170C 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1", 5900)]
    [InlineData("   1: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 0", 22)]
    [InlineData("   2: 0100007F:170C 0100007F:9C40 01 00000000:00000000", null)]
    [InlineData("  sl  local_address rem_address   st tx_queue rx_queue", null)]
    [InlineData("", null)]
    public void A_port_is_taken_when_somebody_listens_there(string line, int? port) => Assert.Equal(port, Screens.PortOf(line));

    [Fact]
    public void The_password_does_not_stand_on_the_command_line()
    {
        var arguments = Screens.Arguments(new ScreenSpec { Display = 3, Password = "secret", Keymap = "de" });
        Assert.Equal(["-object", "secret,id=vnc,file=/proc/self/fd/0", "-vnc", "127.0.0.1:3,password-secret=vnc", "-k", "de"], arguments);
        Assert.Empty(Screens.Arguments(null));
    }

    [Fact]
    public void A_screen_that_nobody_is_to_see_gets_no_display() => Assert.Null(Screens.Choose([new ScreenSpec { IsShown = false }]));
}
