using System;
using System.Linq;
using System.Text;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Diagnostics.Keys;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Scheduling;
using Xunit;

namespace Sharpen.Unit.Diagnostics.Keys;

public sealed class DebugKeysTests : MachineTest
{
    public DebugKeysTests()
    {
        HostConsole.Initialise();
        Dispatcher.Initialise(SchedulerKind.Credit2, default);
        Dispatcher.Online();
    }

    [Fact]
    public void Help_names_every_key_once()
    {
        DebugKeys.Press((byte)'h');
        char[] keys = [.. Enumerable.Range(0, DebugKeys.Count).Select(i => (char)DebugKeys.Row(i).Key)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Single(Lines, line => line.StartsWith($"(XEN)  key '{key}' => ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_key_that_only_looks_answers_and_returns()
    {
        for (int i = 0; i < DebugKeys.Count; i++)
        {
            byte key = DebugKeys.Row(i).Key;
            if (key is not ((byte)'C' or (byte)'R' or (byte)'d'))
            {
                int before = Lines.Length;
                DebugKeys.Press(key);
                Assert.True(Lines.Length > before);
            }
        }
    }

    [Fact]
    public void The_restart_key_restarts()
    {
        Assert.ThrowsAny<Exception>(() => DebugKeys.Press((byte)'R'));
        Assert.Equal(1, Machine.Resets);
    }

    [Fact]
    public void Plus_and_minus_change_what_is_printed()
    {
        DebugKeys.Press((byte)'+');
        Assert.Equal(LogLevel.Debug, HostConsole.Levels.Host);
        DebugKeys.Press((byte)'+');
        DebugKeys.Press((byte)'G');
        DebugKeys.Press((byte)'-');
        Assert.Equal((LogLevel.Debug, LogLevel.Error), (HostConsole.Levels.Host, HostConsole.Levels.Guest));
    }

    [Fact]
    public void The_ring_can_be_printed_again()
    {
        Log.Info($"remember me");
        DebugKeys.Press((byte)'w');
        Assert.Equal(2, Lines.Count(line => line == "(XEN) remember me"));
    }

    [Fact]
    public void Typed_keys_are_taken_and_unknown_ones_do_nothing()
    {
        foreach (byte key in Encoding.ASCII.GetBytes("~zt"))
        {
            Machine.SerialInput.Enqueue(key);
        }

        Assert.False(DebugKeys.Poll());
        Assert.StartsWith("(XEN) 't' pressed", Lines[0], StringComparison.Ordinal);
    }
}
