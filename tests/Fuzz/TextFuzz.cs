using System;
using System.Linq;
using System.Text;
using Sharpen.Hypervisor.Boot.Options;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Diagnostics;
using Xunit;

namespace Sharpen.Fuzz;

/// <summary>Command lines, what guests print, and the image's table of symbols.</summary>
public sealed class TextFuzz
{
    private static readonly byte[] s_line = Encoding.ASCII.GetBytes(
        "console=com1 com1=115200/0,8n1,0x3f8 loglvl=all/all guest_loglvl=none conswitch=ax maxcpus=0x10 mem=4G no-x2apic acpi=off sched=null -- mem=1G");

    [Fact]
    public void Spoilt_command_lines_are_survived() => Fuzzer.Run(60_000, (random, _) =>
    {
        HostOptions options = default;
        CommandLine.Read(new Mutator(random).Spoil(s_line), ref options);
        Assert.InRange(options.MaxCpus, 0u, 4095u);
        Assert.InRange(options.SwitchKey, 0, 26);
        Assert.True(options.Levels.Host <= LogLevel.Debug && options.Levels.Guest <= LogLevel.Debug);
    });

    [Fact]
    public void Whatever_a_guest_prints_reaches_the_terminal_as_printable_lines() => Fuzzer.Run(300, (random, machine) =>
    {
        machine.SerialOutput.Clear();
        HostConsole.Initialise();
        GuestLine line = default;
        byte[] text = new byte[random.Next(2000)];
        random.NextBytes(text);
        GuestConsole.Write(1, ref line, text);
        GuestConsole.Flush(1, ref line);
        Assert.DoesNotContain(machine.SerialOutput, value => value is not ((byte)'\r' or (byte)'\n') and (< (byte)' ' or > (byte)'~'));
        string[] lines = machine.SerialText.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, shown => Assert.True(shown.StartsWith("(d1) ", StringComparison.Ordinal) || shown.StartsWith("(XEN) d1: ", StringComparison.Ordinal)));
    });

    [Fact]
    public void A_spoilt_table_of_symbols_gives_wrong_names_at_worst() => Fuzzer.Run(60_000, (random, unused) =>
    {
        SymbolTable table = new(new Mutator(random).Spoil(Symbols()));
        for (int i = 0; i < 8; i++)
        {
            if (table.TryFind((ulong)random.NextInt64(0, 0x140), out Symbol symbol))
            {
                Assert.True(symbol.Method.Length + symbol.Type.Length + symbol.File.Length < 1000);
            }
        }

        table.TryFind(ulong.MaxValue, out _);
    });

    [Fact]
    public void The_table_of_symbols_is_understood_when_it_is_whole()
    {
        SymbolTable table = new(Symbols());
        Assert.True(table.TryFind(0x48, out Symbol symbol));
        Assert.Equal("Name.Space.Type.Second a.cs 22 8", Encoding.UTF8.GetString([.. symbol.Type, (byte)'.', .. symbol.Method, (byte)' ', .. symbol.File]) + $" {symbol.Line} {symbol.Within}");
        Assert.False(table.TryFind(0x100, out _));
    }

    private static byte[] Symbols()
    {
        byte[] strings = Encoding.UTF8.GetBytes("\0Name.Space.Type\0First\0Second\0a.cs\0");
        byte[] details = [1, 17, 30, 10, 2, 4, 2, 8, 4, 1, 23, 30, 20, 2, 4, 2, 4, 2];
        uint[] words = [SymbolTable.Magic, 2, (uint)details.Length, (uint)strings.Length, 0x100, 0, 0x10, 0, 0x40, 9];
        return [.. words.SelectMany(BitConverter.GetBytes), .. details, .. strings];
    }
}
