using System;
using Sharpen.Toolstack.Registry;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Registry;

public sealed class AutostartSettingsTests
{
    [Fact]
    public void Assignments_are_understood_as_a_shell_does()
    {
        var settings = AutostartSettings.Read(
            ["# comment", "", "XENDOMAINS_AUTO=\"/srv/my auto\"", "XENDOMAINS_STOP_MAXWAIT=20 # seconds", "XENDOMAINS_CREATE_USLEEP=5000", "XENDOMAINS_AUTO_ONLY='true'"]);
        Assert.Equal("/srv/my auto", settings.Folder);
        Assert.Equal(TimeSpan.FromSeconds(20), settings.Patience);
        Assert.Equal(TimeSpan.FromMilliseconds(5), settings.Pause);
        Assert.True(settings.StopsOnlyAutomatic);
    }

    [Fact]
    public void What_is_not_understood_leaves_the_default()
    {
        var settings = AutostartSettings.Read(["XENDOMAINS_STOP_MAXWAIT=soon", "XENDOMAINS_CREATE_USLEEP=99999999999999999999", "if [ -r x ]; then", "XENDOMAINS_AUTO=\"/a", "=", "XENDOMAINS_AUTO_ONLY="]);
        Assert.Equal(new AutostartSettings { Folder = "/a" }, settings);
        Assert.Equal(new AutostartSettings(), AutostartSettings.ReadFile("/nowhere"));
    }
}
