using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sharpen.Build.Symbols;
using Sharpen.Hypervisor.Diagnostics;
using Xunit;

namespace Sharpen.Tooling.Symbols;

/// <summary>What the build writes is what a panic reads.</summary>
public sealed class SymbolTableTests
{
    private const ulong Start = 0xffff82d080200000;

    private static readonly byte[] s_table = TableWriter.Write(Start, Start + 0x400,
        [new(Start + 0x10, "", "stub"), new(Start + 0x100, "Sharpen.A.One", "Run"), new(Start + 0x200, "Sharpen.A.Two<int>", "Run")],
        [new(Start + 0x12, "boot.S", 7), new(Start + 0x104, "A/One.cs", 30), new(Start + 0x110, "A/One.cs", 300), new(Start + 0x120, "A/One.cs", 29), new(Start + 0x200, "A/Two.cs", 5)]);

    [Theory]
    [InlineData(0x10, ".stub+0 boot.S:7")]
    [InlineData(0xff, ".stub+239 boot.S:7")]
    [InlineData(0x100, "Sharpen.A.One.Run+0 A/One.cs:30")]
    [InlineData(0x10f, "Sharpen.A.One.Run+15 A/One.cs:30")]
    [InlineData(0x110, "Sharpen.A.One.Run+16 A/One.cs:300")]
    [InlineData(0x1ff, "Sharpen.A.One.Run+255 A/One.cs:29")]
    [InlineData(0x3ff, "Sharpen.A.Two<int>.Run+511 A/Two.cs:5")]
    public void An_address_has_the_name_and_line_that_were_written(ulong offset, string expected) => Assert.Equal(expected, Look(s_table, offset));

    [Theory]
    [InlineData(0xf)]
    [InlineData(0x400)]
    [InlineData(ulong.MaxValue)]
    public void An_address_outside_the_code_has_none(ulong offset) => Assert.Null(Look(s_table, offset));

    [Fact]
    public void An_empty_table_knows_nothing() => Assert.Equal(0, new SymbolTable(default).Count);

    /// <summary>Wrong answers are allowed, exceptions are not: they would end a panic.</summary>
    [Fact]
    public void A_damaged_table_never_throws()
    {
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = [.. s_table.Take(random.Next(s_table.Length + 1))];
            for (int hit = random.Next(4); hit > 0 && damaged.Length > 0; hit--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Look(damaged, (ulong)random.Next(0x420));
        }
    }

    [Fact]
    public void Tables_of_any_size_find_every_function()
    {
        for (int count = 1; count < 40; count++)
        {
            List<CodeSymbol> functions = [.. Enumerable.Range(0, count).Select(index => new CodeSymbol(Start + ((ulong)index * 16), "T", $"m{index}"))];
            byte[] table = TableWriter.Write(Start, Start + ((ulong)count * 16), functions, []);
            Assert.All(Enumerable.Range(0, count), index => Assert.Equal($"T.m{index}+15 :0", Look(table, ((ulong)index * 16) + 15)));
        }
    }

    private static string? Look(byte[] table, ulong offset) =>
        new SymbolTable(table).TryFind(offset, out Symbol symbol)
            ? $"{Encoding.UTF8.GetString(symbol.Type)}.{Encoding.UTF8.GetString(symbol.Method)}+{symbol.Within} {Encoding.UTF8.GetString(symbol.File)}:{symbol.Line}"
            : null;
}
