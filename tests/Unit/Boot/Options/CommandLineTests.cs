using System.Text;
using CsCheck;
using Sharpen.Hypervisor.Boot.Options;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Scheduling;
using Xunit;

namespace Sharpen.Unit.Boot.Options;

public sealed class CommandLineTests : MachineTest
{
    public CommandLineTests() => HostConsole.Initialise();

    [Fact]
    public void Values_of_every_kind_are_read()
    {
        HostOptions options = Read("maxcpus=4 mem=512M sched=null loglvl=all/all guest_loglvl=none com1=9600/0,8n1,0x2f8 conswitch=bx clocksource=acpi noreboot reboot=kbd", 0);
        Assert.Equal((4u, 512UL << 20, SchedulerKind.Null), (options.MaxCpus, options.MemoryLimit, options.Scheduler));
        Assert.Equal((LogLevel.Debug, LogLevel.None), (options.Levels.Host, options.Levels.Guest));
        Assert.Equal((9600u, 0x2f8, false), (options.Serial.Baud, options.Serial.PortBase, options.Serial.IsAuto));
        Assert.Equal((2, true), (options.SwitchKey, options.InputStartsHere));
        Assert.Equal((ClockChoice.PmTimer, true), (options.Clock, options.HaltsOnPanic));
        Assert.Empty(Lines);
    }

    [Fact]
    public void Nothing_given_is_the_defaults()
    {
        HostOptions options = Read("", 0);
        Assert.Equal((LogLevel.Info, LogLevel.Warning, 0u, 0UL, false), (options.Levels.Host, options.Levels.Guest, options.MaxCpus, options.MemoryLimit, options.IgnoresAcpi));
    }

    [Theory]
    [InlineData("x2apic=no", true)]
    [InlineData("x2apic=off", true)]
    [InlineData("x2apic=false", true)]
    [InlineData("x2apic=disable", true)]
    [InlineData("x2apic=0", true)]
    [InlineData("no-x2apic", true)]
    [InlineData("x2apic", false)]
    [InlineData("x2apic=1", false)]
    [InlineData("no-x2apic x2apic=on", false)]
    public void Switches_take_all_of_xens_words(string line, bool isOff) => Assert.Equal(isOff, Read(line, 0).AvoidsX2Apic);

    [Theory]
    [InlineData("mem=4096", 4096UL << 10)]
    [InlineData("mem=4096B", 4096UL)]
    [InlineData("mem=0x10k", 16UL << 10)]
    [InlineData("mem=3g", 3UL << 30)]
    [InlineData("mem=1T", 1UL << 40)]
    public void Sizes_have_suffixes_and_count_kib_without(string line, ulong bytes) => Assert.Equal(bytes, Read(line, 0).MemoryLimit);

    [Theory]
    [InlineData("foo", "1: 'foo' is unknown. Ignored")]
    [InlineData("  maxcpu=3", "3: 'maxcpu=3' is unknown, did you mean 'maxcpus'? Ignored")]
    [InlineData("noreboot mem", "10: 'mem' needs a value. Ignored")]
    [InlineData("mem=", "1: 'mem=' needs a value. Ignored")]
    [InlineData("mem=12X", "1: 'mem=12X' is not a number. Ignored")]
    [InlineData("mem=12MB", "1: 'mem=12MB' is not a number. Ignored")]
    [InlineData("mem=99999999999999999999", "1: 'mem=99999999999999999999' is too small or too large. Ignored")]
    [InlineData("mem=999999999T", "1: 'mem=999999999T' is too small or too large. Ignored")]
    [InlineData("mem=0", "1: 'mem=0' is too small or too large. Ignored")]
    [InlineData("maxcpus=0", "1: 'maxcpus=0' is too small or too large. Ignored")]
    [InlineData("maxcpus=4096", "1: 'maxcpus=4096' is too small or too large. Ignored")]
    [InlineData("no-maxcpus", "1: 'no-maxcpus' cannot be switched off. Ignored")]
    [InlineData("no-acpi=no", "1: 'no-acpi=no' is neither yes nor no. Ignored")]
    [InlineData("acpi=maybe", "1: 'acpi=maybe' is neither yes nor no. Ignored")]
    [InlineData("spec-ctrl=ibrs=yes,no-rsb", "1: 'spec-ctrl=ibrs=yes,no-rsb' is none of the possible values. Ignored")]
    [InlineData("sched=arinc653", "1: 'sched=arinc653' is none of the possible values. Ignored")]
    [InlineData("com1=115200,7e2", "1: 'com1=115200,7e2' is none of the possible values. Ignored")]
    [InlineData("console=vga", "1: 'console=vga' is none of the possible values. Ignored")]
    [InlineData("loglvl=loud", "1: 'loglvl=loud' is none of the possible values. Ignored")]
    [InlineData("conswitch=1", "1: 'conswitch=1' is none of the possible values. Ignored")]
    [InlineData("f\u001boo", "1: 'f?oo' is unknown. Ignored")]
    public void A_faulty_word_is_named_with_its_column_and_ignored(string line, string expected)
    {
        HostOptions options = Read(line, 1);
        Assert.Equal("(XEN) command line:" + expected, Assert.Single(Lines));
        Assert.Equal((0u, 0UL, SchedulerKind.Credit2), (options.MaxCpus, options.MemoryLimit, options.Scheduler));
    }

    [Fact]
    public void The_last_of_repeated_words_counts_and_two_dashes_end_the_line() =>
        Assert.Equal(2u, Read("maxcpus=1 maxcpus=2 -- maxcpus=3 nonsense", 0).MaxCpus);

    [Fact]
    public void Console_none_is_silent_and_an_unknown_console_is_not()
    {
        Assert.True(Read("console=none", 0).IsSilent);
        Assert.False(Read("console=com1,vga", 1).IsSilent);
        Assert.False(Read("console=vga", 1).IsSilent);
    }

    [Fact]
    public void Any_line_is_survived() =>
        Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Char["acimnopsuxhreblgvw12=,-/ "].Array[0, 200].Select(text => Encoding.ASCII.GetBytes(text))).Sample(line =>
        {
            using Sharpen.Machine.Simulation.SimulatedMachine machine = new();
            machine.Bind();
            HostOptions options = default;
            Assert.InRange(CommandLine.Read(line, ref options), 0, 256);
        });

    private static HostOptions Read(string line, int ignored)
    {
        HostOptions options = default;
        Assert.Equal(ignored, CommandLine.Read(Encoding.Latin1.GetBytes(line), ref options));
        return options;
    }
}
