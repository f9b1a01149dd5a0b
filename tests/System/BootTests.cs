using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>The machines and loaders that we boot on.</summary>
public sealed class BootTests
{
    private const string Banner = "(XEN) Sharpen";

    [Theory]
    [InlineData("--machine pc --smp 2")]
    [InlineData("--machine q35 --smp 16")]
    [InlineData("--machine pc --smp 1 --mem 256M --iso mb1")]
    [InlineData("--machine q35 --smp 2 --mem 8G --iso mb2")]
    public Task Each_path_boots_once(string options) => Boots(options);

    [Theory, Trait(Tier.Name, Tier.All)]
    [MachineMatrix]
    public Task Every_machine_boots(string options) => Boots(options);

    /// <summary>As <c>/boot</c> holds it: GRUB unpacks the image before it reads the header.</summary>
    [Theory, Trait(Tier.Name, Tier.All)]
    [InlineData("mb1")]
    [InlineData("mb2")]
    public Task The_gzipped_image_boots(string protocol) => Boots($"--hypervisor out/sharpen.gz --iso {protocol}");

    [Theory]
    [InlineData("--cpu pentium3")]
    [InlineData("--cpu pentium3 --machine q35 --iso mb2")]
    public async Task A_cpu_without_long_mode_is_refused_in_one_line_and_halts(string options)
    {
        await using QemuMachine machine = QemuMachine.Boot(options.Split(' '));
        string refusal = await machine.WaitFor("64-bit CPU");
        Assert.DoesNotContain(Banner, refusal);
        await machine.WaitUntilHalted();
    }

    private static async Task Boots(string options)
    {
        await using QemuMachine machine = QemuMachine.Boot(options.Split(' '));
        await machine.WaitFor(Banner);
    }
}
