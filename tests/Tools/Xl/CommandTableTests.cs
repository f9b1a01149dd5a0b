using System;
using System.Linq;
using Sharpen.Xl.Commands;
using Xunit;

namespace Sharpen.ToolsTests.Xl;

/// <summary>Each command explains itself.</summary>
public sealed class CommandTableTests
{
    [Fact]
    public void Every_command_that_is_listed_is_there_with_summary_and_example()
    {
        foreach (string name in CommandTable.Names)
        {
            var command = CommandTable.Find(name);
            Assert.NotNull(command);
            Assert.Equal(name, command.Name);
            Assert.StartsWith(name, command.Example, StringComparison.Ordinal);
            Assert.False(command.Summary.EndsWith('.'), name);
            Assert.InRange(command.Summary.Length, 8, 90);
        }
    }

    [Fact]
    public void Every_example_is_a_line_that_its_command_accepts()
    {
        foreach (string name in CommandTable.Names)
        {
            var command = CommandTable.Find(name)!;
            string[] words = command.Example.Split(' ').Skip(1).TakeWhile(static word => !word.StartsWith('>')).ToArray();
            Assert.True(Parsed.Parse(words, command.Options).Arguments.Count >= command.Least, command.Example);
        }
    }

    [Fact]
    public void No_option_is_there_twice()
    {
        foreach (string name in CommandTable.Names)
        {
            var options = CommandTable.Find(name)!.Options;
            Assert.Equal(options.Length, options.Select(static option => option.Key).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("512", 524288)]
    [InlineData("20m", 20480)]
    [InlineData("2g", 2097152)]
    [InlineData("4096k", 4096)]
    [InlineData("4096b", 4)]
    public void Sizes_of_memory_are_MiB_unless_they_say_otherwise(string text, ulong kibibytes) => Assert.Equal(kibibytes, MemorySizes.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1x")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public void What_is_no_size_is_refused(string text) => Assert.Throws<CommandException>(() => MemorySizes.Parse(text));
}
