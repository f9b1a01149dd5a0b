using System;
using System.IO;
using System.Text;
using System.Threading;
using Sharpen.Toolstack.Booting;
using Sharpen.Toolstack.Building;
using Sharpen.Toolstack.Config;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Booting;

public sealed class BootLoaderTests
{
    [Theory]
    [InlineData("kernel /k\0ramdisk /r\0args root=/dev/xvda ro\0", "/k", "/r", "root=/dev/xvda ro")]
    [InlineData("kernel /k\nargs \n", "/k", "", "")]
    [InlineData("kernel /a b\0", "/a b", "", null)]
    public void What_a_boot_loader_writes_is_understood(string output, string kernel, string ramdisk, string? arguments) =>
        Assert.Equal(new BootChoice(kernel, ramdisk, arguments), BootChoice.Parse(Encoding.UTF8.GetBytes(output)));

    [Theory]
    [InlineData("")]
    [InlineData("kernel\0")]
    [InlineData("kernel \0ramdisk /r\0")]
    [InlineData("\0\0\n\n")]
    [InlineData("KERNEL /k\0")]
    public void Without_a_kernel_there_is_no_choice(string output) => Assert.Null(BootChoice.Parse(Encoding.UTF8.GetBytes(output)));

    [Fact]
    public void It_is_given_what_xens_tools_give_it()
    {
        var config = Config("-q", "more") with { Kernel = "/k", CommandLine = "quiet" };
        Assert.Equal(
            ["--kernel=/k", "--args=quiet", "--output=/o", "--output-format=simple0", "--output-directory=/d", "-q", "more", "/disk"],
            BootLoader.Arguments(config, "/o", "/d", "/disk"));
    }

    [Fact]
    public void A_domain_without_a_disk_has_nothing_to_look_at() =>
        Assert.Throws<ImageException>(() => BootLoader.Choose(Config() with { Disks = [] }, Guid.NewGuid(), CancellationToken.None));

    [Fact]
    public void A_disk_that_is_not_raw_is_refused()
    {
        var disk = DiskParser.Parse("/disk,qcow2,xvda,w", out _)!;
        Assert.Contains("raw disks only", Assert.Throws<ImageException>(() => BootLoader.Choose(Config() with { Disks = [disk] }, Guid.NewGuid(), CancellationToken.None)).Message);
    }

    private static DomainConfig Config(params string[] arguments) => new()
    {
        Name = "web",
        Memory = 1024,
        MaximumMemory = 1024,
        Bootloader = Path.Combine("/nowhere", "loader"),
        BootloaderArguments = arguments,
    };
}
