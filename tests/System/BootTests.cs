using System;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>The machines and loaders that we boot on.</summary>
public sealed class BootTests
{
    [Theory]
    [InlineData("--machine pc --smp 2")]
    [InlineData("--machine q35 --smp 16")]
    [InlineData("--machine pc --smp 1 --mem 256M --iso mb1")]
    [InlineData("--machine q35 --smp 2 --mem 8G --iso mb2")]
    public Task Each_path_boots_once(string options) => Boots(options);

    [Theory, Trait(Tier.Name, Tier.All)]
    [MachineMatrix]
    public Task Every_machine_boots(string options) => Boots(options);

    [Theory, Trait(Tier.Name, Tier.All)]
    [InlineData("--machine q35 --smp 255")]
    [InlineData("--smp 2 --mem 16M")]
    [InlineData("--smp 2 --cpu max")]
    [InlineData("--smp 2 --cpu EPYC")]
    [InlineData("--smp 2 --cpu Skylake-Server")]
    [InlineData("--smp 2 --icount")]
    public Task Unusual_machines_boot(string options) => Boots(options);

    /// <summary>Nothing may touch all of it: the memory is sparse, the host has far less.</summary>
    [Fact, Trait(Tier.Name, Tier.All)]
    public async Task A_host_of_16_tebibytes_boots_and_runs_a_guest_at_its_top()
    {
        await using QemuMachine machine = QemuMachine.Boot(
            "--machine", "q35", "--mem", "16T", "--cpu", "qemu64,phys-bits=46", "--guest", "out/guests/hello.elf:name=big",
            "--", "-machine", "memory-backend=ram", "-object", "memory-backend-ram,id=ram,size=16T,reserve=off");
        await machine.WaitFor("System RAM: 16777215MB");
        await machine.WaitFor("gone, all that it owned came back");
    }

    /// <summary>As <c>/boot</c> holds it: GRUB unpacks the image before it reads the header.</summary>
    [Theory, Trait(Tier.Name, Tier.All)]
    [InlineData("mb1")]
    [InlineData("mb2")]
    public Task The_gzipped_image_boots(string protocol) => Boots($"--smp 2 --hypervisor out/sharpen.gz --iso {protocol}");

    [Theory]
    [InlineData("-no-hpet", "ACPI timer", 2)]
    [InlineData("-no-acpi", "PIT", 1)]
    public async Task A_missing_timer_or_table_is_worked_around(string lacking, string timer, int processors)
    {
        await using QemuMachine machine = QemuMachine.Boot("--smp", "2", "--guest", "none", "--", lacking);
        Assert.Contains(timer, await machine.WaitFor("Platform timer is"));
        await machine.WaitFor($"Brought up {processors} CPUs");
    }

    [Theory]
    [InlineData("--cpu pentium3")]
    [InlineData("--cpu pentium3 --machine q35 --iso mb2")]
    public async Task A_cpu_without_long_mode_is_refused_in_one_line_and_halts(string options)
    {
        await using QemuMachine machine = QemuMachine.Boot([.. options.Split(' '), "--guest", "none"]);
        string refusal = await machine.WaitFor("a 64-bit CPU is required");
        Assert.DoesNotContain("(XEN)", refusal);
        await machine.WaitUntilHalted();
    }

    private static async Task Boots(string options)
    {
        string[] words = options.Split(' ');
        string processors = words[Array.IndexOf(words, "--smp") + 1];
        await using QemuMachine machine = QemuMachine.Boot([.. words, "--guest", "none"]);
        await machine.WaitFor("(XEN) Sharpen");
        await machine.WaitFor($"Brought up {processors} CPUs");
    }
}
