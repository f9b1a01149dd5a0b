using System.Text;
using Sharpen.Hypervisor.Console;
using Xunit;

namespace Sharpen.Unit.Console;

public sealed class HostConsoleTests : MachineTest
{
    [Fact]
    public void Lines_written_before_the_port_is_found_come_out_after()
    {
        Log.Info($"early");
        Assert.Empty(Lines);
        HostConsole.Initialise();
        Assert.Equal(["(XEN) early"], Lines);
    }

    [Fact]
    public void Without_a_port_the_ring_still_has_the_text()
    {
        Machine.SerialIsAbsent = true;
        HostConsole.Initialise();
        Log.Info($"kept");
        Assert.Equal("(XEN) kept\n", Ring());
        Assert.Equal(0, Machine.SerialOffers);
    }

    [Fact]
    public void A_port_that_sticks_is_waited_for_once_and_used_again_when_it_recovers()
    {
        HostConsole.Initialise();
        Machine.SerialIsStuck = true;
        Log.Info($"one");
        int first = Machine.SerialOffers;
        for (int i = 0; i < 100; i++)
        {
            Log.Info($"more {i}");
        }

        Assert.InRange(Machine.SerialOffers - first, 1, 100);
        Machine.SerialIsStuck = false;
        Log.Info($"last");
        Assert.Equal(102, Lines.Length);
        Assert.Equal("(XEN) one", Lines[0]);
    }

    [Fact]
    public void An_asynchronous_console_never_waits_and_the_poll_gives_the_rest()
    {
        HostConsole.Initialise();
        HostConsole.GoAsynchronous();
        Machine.SerialIsStuck = true;
        Log.Info($"one");
        Assert.Equal(1, Machine.SerialOffers);
        Assert.False(HostConsole.Poll());
        Assert.True(Machine.SerialWaitsForReady);
        Machine.SerialIsStuck = false;
        Assert.True(HostConsole.Poll());
        Assert.False(Machine.SerialWaitsForReady);
        Assert.Equal(["(XEN) one"], Lines);
    }

    [Fact]
    public void A_panic_waits_for_the_port_again()
    {
        HostConsole.Initialise();
        HostConsole.GoAsynchronous();
        HostConsole.EnterPanic();
        Machine.SerialIsStuck = true;
        Log.Error($"panic");
        Assert.InRange(Machine.SerialOffers, 1000, 1_000_000);
    }

    [Fact]
    public void Guests_write_whole_filtered_lines_under_their_number()
    {
        HostConsole.Initialise();
        GuestLine line = default;
        GuestConsole.Write(1, ref line, "hel"u8);
        GuestConsole.Write(1, ref line, "lo \u001b[31m\tx\u00e9\r\nrest"u8);
        Assert.Equal(["(d1) hello [31m x??"], Lines);
        GuestConsole.Flush(1, ref line);
        GuestConsole.Flush(1, ref line);
        Assert.Equal(["(d1) hello [31m x??", "(d1) rest"], Lines);
    }

    [Fact]
    public void A_guest_that_never_ends_its_line_is_broken_into_lines_and_limited()
    {
        HostConsole.Initialise();
        GuestLine line = default;
        byte[] flood = Encoding.ASCII.GetBytes(new string('x', 1_000_000));
        GuestConsole.Write(7, ref line, flood);
        Assert.Equal(512, Lines.Length);
    }

    [Fact]
    public void What_the_hardware_domain_writes_goes_to_the_port_as_it_is_and_not_to_readers()
    {
        HostConsole.Initialise();
        HostConsole.WriteRaw("no line feed, \u001b[31m"u8);
        Assert.False(HostConsole.TakeNews());
        Assert.Equal("", Ring());
        HostConsole.WriteRaw("colour\n"u8);
        Log.Info($"ours");
        Assert.Equal(["no line feed, \u001b[31mcolour", "(XEN) ours"], Lines);
        Assert.True(HostConsole.TakeNews());
        Assert.False(HostConsole.TakeNews());
        Assert.Equal("(XEN) ours\n", Ring());
        HostConsole.KeepRaw(true);
        HostConsole.WriteRaw("kept\n"u8);
        Assert.Equal("(XEN) ours\nkept\n", Ring());
    }

    [Fact]
    public void Raw_text_waits_for_a_slow_port_once_the_queue_is_full()
    {
        HostConsole.Initialise();
        HostConsole.GoAsynchronous();
        Machine.SerialIsStuck = true;
        byte[] text = Encoding.ASCII.GetBytes(new string('x', 128));
        for (int i = 0; i < ConsoleRing.Capacity / 128; i++)
        {
            HostConsole.WriteRaw(text);
        }

        int before = Machine.SerialOffers;
        HostConsole.WriteRaw(text);
        Assert.InRange(Machine.SerialOffers - before, 1000, 1_000_000);
        before = Machine.SerialOffers;
        HostConsole.WriteRaw(text);
        Assert.InRange(Machine.SerialOffers - before, 1, 10);
    }

    private static string Ring()
    {
        byte[] text = new byte[ConsoleRing.Capacity];
        uint position = 0;
        return Encoding.ASCII.GetString(text, 0, HostConsole.Read(ref position, text));
    }
}
