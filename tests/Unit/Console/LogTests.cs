using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Time;
using Xunit;

namespace Sharpen.Unit.Console;

public sealed class LogTests : MachineTest
{
    public LogTests() => HostConsole.Initialise();

    [Fact]
    public void A_line_carries_its_values_in_the_forms_operators_know()
    {
        ulong value = 0xabcdef;
        int negative = -42;
        Log.Info($"{value:x} {value:p} {negative} {value,10} {true} {"text"u8} {new Mfn(77)} {new MachineAddress(4096)} {new CpuId(3)}");
        Assert.Equal("(XEN) 0xabcdef 0000000000abcdef -42   11259375 yes text 0x4d 0x1000 CPU3", Assert.Single(Lines));
    }

    [Theory]
    [InlineData(0, "0ns")]
    [InlineData(999, "999ns")]
    [InlineData(1_500, "1.500us")]
    [InlineData(1_500_000, "1.500ms")]
    [InlineData(61_002_000_000, "61.002s")]
    public void A_duration_is_written_in_its_largest_unit(ulong ns, string expected)
    {
        Log.Info($"{new Duration(ns)}");
        Assert.Equal("(XEN) " + expected, Assert.Single(Lines));
    }

    [Fact]
    public void Extreme_numbers_are_written_in_full()
    {
        Log.Info($"{ulong.MaxValue} {long.MinValue} {0} {ulong.MaxValue:x} {Instant.Never} {new Instant(1_000_002_000)}");
        Assert.Equal("(XEN) 18446744073709551615 -9223372036854775808 0 0xffffffffffffffff never 1.000002", Assert.Single(Lines));
    }

    [Fact]
    public void Nothing_is_formatted_below_the_threshold()
    {
        Log.Debug($"{new Tripwire()}");
        Assert.Empty(Lines);
        HostConsole.SetLevels(LogLevel.Debug, LogLevel.None);
        Assert.Throws<TrippedException>(() => Log.Debug($"{new Tripwire()}"));
        Log.Guest(LogLevel.Warning, $"{new Tripwire()}");
    }

    [Fact]
    public void An_overlong_line_is_cut_and_marked()
    {
        Log.Info($"{new byte[300]}");
        string line = Assert.Single(Lines);
        Assert.EndsWith("?...", line, System.StringComparison.Ordinal);
        Assert.Equal(6 + TextLine.Capacity, line.Length);
    }

    [Fact]
    public void Bytes_that_a_terminal_might_obey_are_shown_as_question_marks()
    {
        Log.Info($"{"a\u001b[2Jb\r\n"u8}");
        Assert.Equal("(XEN) a?[2Jb??", Assert.Single(Lines));
    }

    [Fact]
    public void Guests_cannot_flood_the_log_and_the_loss_is_told()
    {
        for (int i = 0; i < 1000; i++)
        {
            Log.Guest(LogLevel.Warning, $"d1v0: line {i}");
        }

        Assert.Equal(10, Lines.Length);
        Machine.Now = new Instant(600_000_000);
        Log.Guest(LogLevel.Error, $"d1v0: after");
        Assert.Equal("(XEN) guests: 990 lines suppressed", Lines[10]);
        Assert.Equal("(XEN) d1v0: after", Lines[11]);
    }

    private struct Tripwire : ILogText
    {
        public readonly void AppendTo(ref TextLine line) => throw new TrippedException();
    }

    private sealed class TrippedException : System.Exception;
}
