using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>What the operator writes behind the image's name, by either protocol.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("-kernel")]
    [InlineData("mb1")]
    [InlineData("mb2")]
    public async Task A_wrong_option_is_reported_and_ignored_and_the_others_hold(string loader)
    {
        string[] booting = loader == "-kernel" ? [] : ["--iso", loader];
        await using QemuMachine machine = QemuMachine.Boot([.. booting, "--smp", "4", "--guest", "none", "--cmdline", "frob=3 maxcpus=2"]);
        Assert.Contains("frob", await machine.WaitFor("Ignored"));
        await machine.WaitFor("Brought up 2 CPUs");
    }
}
