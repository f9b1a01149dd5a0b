using System.Collections.Generic;
using System.Text;
using Sharpen.Hypervisor.Console;
using Xunit;

namespace Sharpen.Unit.Console;

public sealed class ConsoleInputTests : MachineTest
{
    public ConsoleInputTests() => HostConsole.Initialise();

    [Fact]
    public void Without_a_guest_every_byte_is_a_key() => Assert.Equal("h\u0001\u0001\u0001q", Type("h\u0001\u0001\u0001q"));

    [Fact]
    public void The_switch_key_three_times_moves_input_and_back()
    {
        ConsoleInput.AttachGuest(startsAtHypervisor: false);
        Assert.Equal("k", Type("ls\n\u0001\u0001\u0001k\u0001\u0001\u0001cd"));
        Assert.Equal("ls\ncd", Guest());
        Assert.Equal(3, Lines.Length);
    }

    [Fact]
    public void Two_presses_and_another_key_are_the_guests()
    {
        ConsoleInput.AttachGuest(startsAtHypervisor: false);
        Assert.Equal("", Type("\u0001\u0001a"));
        Assert.Equal("\u0001\u0001a", Guest());
    }

    [Fact]
    public void Another_switch_key_can_be_chosen_and_input_can_start_here()
    {
        ConsoleInput.SetSwitchKey(2);
        ConsoleInput.AttachGuest(startsAtHypervisor: true);
        Assert.Equal("x\u0001", Type("x\u0001\u0002\u0002\u0002y"));
        Assert.Equal("y", Guest());
        Assert.Contains("CTRL-b", Lines[0], System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_does_not_read_loses_input_and_nothing_else()
    {
        ConsoleInput.AttachGuest(startsAtHypervisor: false);
        Type(new string('x', 1000));
        Assert.True(ConsoleInput.HasGuestInput);
        Assert.Equal(256, Guest().Length);
        Assert.False(ConsoleInput.HasGuestInput);
    }

    private string Type(string text)
    {
        foreach (char c in text)
        {
            Machine.SerialInput.Enqueue((byte)c);
        }

        List<byte> keys = [];
        while (Machine.SerialInput.Count > 0)
        {
            if (ConsoleInput.TryTakeKey(out byte key))
            {
                keys.Add(key);
            }
        }

        return Encoding.ASCII.GetString([.. keys]);
    }

    private static string Guest()
    {
        byte[] bytes = new byte[1000];
        return Encoding.ASCII.GetString(bytes, 0, ConsoleInput.ReadForGuest(bytes));
    }
}
