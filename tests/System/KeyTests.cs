using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>The debug keys on the serial port.</summary>
public sealed class KeyTests
{
    private const string SwitchInput = "\u0001\u0001\u0001";

    [Fact]
    public async Task Each_debug_key_answers_and_the_host_goes_on()
    {
        await using QemuMachine machine = QemuMachine.Boot("--smp", "2", "--guest", "out/guests/endlessloop.elf");
        await machine.WaitFor("endless loop: begins");
        await machine.Type(SwitchInput + "h");
        string help = await machine.WaitFor("key 'w'");
        char[] keys = [.. help.Split("key '")[1..].Select(row => row[0]).Except("CR")];
        Assert.Contains('d', keys);
        foreach (char key in keys)
        {
            await machine.Type(key.ToString());
            await machine.WaitFor($"'{key}' pressed");
        }

        await machine.Type("t");
        await machine.WaitFor("system time");
    }

    [Fact]
    public async Task Key_d_shows_what_every_cpu_does_by_name_and_line()
    {
        await using QemuMachine machine = QemuMachine.Boot("--smp", "2", "--guest", "none");
        await machine.WaitFor("Brought up 2 CPUs");
        await machine.Type(SwitchInput + "d");
        await machine.WaitFor("CPU0 ]----");
        await machine.WaitFor("Call trace:");
        await machine.WaitFor("DebugKeys.cs:");
        await machine.WaitFor("CPU1 ]----");
        await machine.WaitFor("idle+");
    }

    [Fact]
    public async Task A_forced_panic_shows_csharp_names_and_lines_of_every_cpu_and_restarts()
    {
        await using QemuMachine machine = QemuMachine.Boot("--smp", "2", "--guest", "none");
        await machine.WaitFor("Brought up 2 CPUs");
        await machine.Type(SwitchInput + "C");
        await machine.WaitFor("Call trace:");
        await machine.WaitFor("Bug.cs:");
        await machine.WaitFor("DebugKeys.cs:");
        await machine.WaitFor("CPU1 ]----");
        await machine.WaitFor("Panic on CPU0");
        await machine.WaitForEnd();
    }

    [Fact]
    public async Task With_noreboot_a_panic_halts()
    {
        await using QemuMachine machine = QemuMachine.Boot("--smp", "2", "--guest", "none", "--cmdline", "noreboot");
        await machine.WaitFor("Brought up 2 CPUs");
        await machine.Type(SwitchInput + "C");
        await machine.WaitFor("Panic on CPU0");
        await machine.WaitUntilHalted();
    }

    [Fact]
    public async Task Key_R_restarts_the_host()
    {
        await using QemuMachine machine = QemuMachine.Boot("--smp", "2", "--guest", "none");
        await machine.WaitFor("Brought up 2 CPUs");
        await machine.Type(SwitchInput + "R");
        await machine.WaitForEnd();
        Assert.DoesNotContain("Panic", machine.Serial.Text, StringComparison.Ordinal);
    }
}
