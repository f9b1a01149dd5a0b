using System;
using Sharpen.Machine.Simulation;
using Sharpen.Unit.Acpi;
using Xunit;

namespace Sharpen.Unit.Boot;

/// <summary>The whole bring-up when the firmware's tables are damaged or missing, and with timers that are missing or stand still.</summary>
public sealed class BringUpAcpiTests : IDisposable
{
    private readonly HostWorld _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Without_tables_one_cpu_comes_up_by_the_oldest_timer()
    {
        _host.RootPointer = _ => new byte[20];
        Assert.True(_host.Start());
        Assert.Equal("(XEN) ACPI: no root pointer: one CPU, no tables", _host.Line("no root pointer"));
        Assert.Contains("the PIT", _host.Line("Platform timer"), StringComparison.Ordinal);
        Assert.Contains("(XEN) Brought up 1 CPUs", _host.Lines);
    }

    [Fact]
    public void Tables_that_the_operator_does_not_want_are_not_read()
    {
        _host.CommandLine = "acpi=off";
        Assert.True(_host.Start());
        Assert.DoesNotContain(_host.Lines, line => line.StartsWith("(XEN) ACPI", StringComparison.Ordinal));
        Assert.Contains("(XEN) Brought up 1 CPUs", _host.Lines);
    }

    [Fact]
    public void A_damaged_root_pointer_is_named()
    {
        _host.RootPointer = pointer => [.. pointer[..^1], (byte)(pointer[^1] + 1)];
        Assert.True(_host.Start());
        Assert.Contains("is damaged", _host.Line("boot loader's copy"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_with_a_bad_checksum_is_named_and_missing()
    {
        byte[] madt = new BytesBuilder().Text("APIC").U32(44).PadTo(44).ToArray();
        _host.Cpus = null;
        _host.Acpi.Place(madt, isListed: true);
        Assert.True(_host.Start());
        Assert.Contains("APIC", _host.Line("bad checksum"), StringComparison.Ordinal);
        Assert.Contains("(XEN) Brought up 1 CPUs", _host.Lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(43)]
    [InlineData(0x00ffffff)]
    [InlineData(-1)]
    public void A_table_of_absurd_length_is_named_and_missing(int length)
    {
        _host.Cpus = null;
        _host.Acpi.Add("APIC", AcpiImage.Madt(AcpiImage.LocalApic(1, 1)), length: unchecked((uint)length));
        Assert.True(_host.Start());
        Assert.EndsWith("ignored", _host.Line("ACPI: table APIC"), StringComparison.Ordinal);
        Assert.Contains("(XEN) Brought up 1 CPUs", _host.Lines);
    }

    [Fact]
    public void Lists_and_entries_that_go_in_circles_end()
    {
        for (ulong at = 0x7f00000; at < 0x7f00400; at += 64)
        {
            _host.Acpi.List(at);
        }

        _host.Acpi.List(0);
        _host.Acpi.List(ulong.MaxValue);
        _host.Cpus?.Add([9, 0, 0, 0]);
        Assert.True(_host.Start());
        Assert.Contains("entries too many or without sense", _host.Line("ACPI:"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true, "the ACPI timer")]
    [InlineData(true, false, "HPET")]
    [InlineData(false, false, "the PIT")]
    public void A_timer_that_is_missing_is_done_without(bool hasHpet, bool hasPmTimer, string expected)
    {
        _host.HasHpet = hasHpet;
        _host.HasPmTimer = hasPmTimer;
        Assert.True(_host.Start());
        Assert.Contains($"timer is {expected};", _host.Line("Platform timer"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the ACPI timer", PlatformTimer.Hpet)]
    [InlineData("the PIT", PlatformTimer.Hpet, PlatformTimer.PowerManagement)]
    public void A_timer_that_stands_still_is_done_without(string expected, params PlatformTimer[] still)
    {
        _host.Machine.StillTimers.UnionWith(still);
        Assert.True(_host.Start());
        Assert.Contains($"timer is {expected};", _host.Line("Platform timer"), StringComparison.Ordinal);
    }

    [Fact]
    public void When_no_timer_counts_that_is_said()
    {
        _host.Machine.StillTimers.UnionWith(Enum.GetValues<PlatformTimer>());
        Assert.True(_host.Start());
        Assert.Equal("(XEN) No timer of known rate counts: 1 GHz is assumed", _host.Line("No timer"));
    }

    [Fact]
    public void A_timer_that_was_asked_for_and_is_missing_is_named()
    {
        _host.HasHpet = false;
        _host.CommandLine = "clocksource=hpet";
        Assert.True(_host.Start());
        Assert.Contains("that timer is not there", _host.Line("clocksource=HPET"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xffff_ffff_ffff_f000)]
    [InlineData(0xffff_ffff_ffff_ffff)]
    [InlineData(1)]
    public void A_timer_at_an_absurd_address_is_done_without_or_works(ulong address)
    {
        _host.HasHpet = false;
        _host.Acpi.Add("HPET", FirmwareTests.Hpet(address));
        Assert.True(_host.Start());
        Assert.Contains("Platform timer is", _host.Line("Platform timer"), StringComparison.Ordinal);
    }
}
