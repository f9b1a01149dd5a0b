using System;
using Xunit;

namespace Sharpen.Unit.Boot;

/// <summary>The whole bring-up when nobody listens: the text is kept, and no time is lost.</summary>
public sealed class BringUpConsoleTests : IDisposable
{
    private const int Patience = 100_000;

    private readonly HostWorld _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Without_a_serial_port_the_text_is_kept()
    {
        _host.Machine.SerialIsAbsent = true;
        Assert.True(_host.Start());
        Assert.Contains("(XEN) Brought up 2 CPUs", HostWorld.Kept);
        Assert.Equal(0, _host.Machine.SerialOffers);
    }

    [Fact]
    public void A_serial_port_that_never_becomes_ready_is_waited_for_once()
    {
        _host.Machine.SerialIsStuck = true;
        Assert.True(_host.Start());
        Assert.Contains("(XEN) Brought up 2 CPUs", HostWorld.Kept);
        Assert.InRange(_host.Machine.SerialOffers, Patience, Patience + 1000);
    }

    [Fact]
    public void A_serial_port_that_recovers_gets_all_of_the_text()
    {
        _host.Machine.SerialIsStuck = true;
        Assert.True(_host.Start());
        _host.Machine.SerialIsStuck = false;
        Hypervisor.Console.Log.Info($"again");
        Assert.Equal(HostWorld.Kept, _host.Lines);
    }

    [Fact]
    public void A_host_that_stops_has_tried_to_say_why_even_on_a_port_that_is_stuck()
    {
        _host.Machine.SerialIsStuck = true;
        _host.Map.Clear();
        Assert.False(_host.Start());
        Assert.EndsWith("Halted.", HostWorld.Kept[^1], StringComparison.Ordinal);
        Assert.InRange(_host.Machine.SerialOffers, 2 * Patience, (2 * Patience) + 1000);
    }

    [Fact]
    public void A_console_that_is_not_wanted_stays_silent_and_keeps_the_text()
    {
        _host.CommandLine = "console=none";
        Assert.True(_host.Start());
        Assert.Contains("(XEN) Brought up 2 CPUs", HostWorld.Kept);
        Assert.DoesNotContain("(XEN) Brought up 2 CPUs", _host.Lines);
    }
}
