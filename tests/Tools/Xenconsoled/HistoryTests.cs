using System;
using System.Text;
using Sharpen.Xenconsoled.Rings;
using Xunit;

namespace Sharpen.ToolsTests.Xenconsoled;

public sealed class HistoryTests
{
    private readonly History _history = new(16);

    [Fact]
    public void What_was_said_is_read_from_any_position()
    {
        _history.Add("hello"u8);
        Assert.Equal("hello", ReadFrom(0));
        Assert.Equal("lo", ReadFrom(3));
        Assert.Equal("", ReadFrom(5));
        Assert.Equal("", ReadFrom(500));
    }

    [Fact]
    public void The_oldest_goes()
    {
        _history.Add("0123456789"u8);
        _history.Add("abcdefghij"u8);
        Assert.Equal(4, _history.Start);
        Assert.Equal("456789abcdefghij", ReadFrom(0));
        _history.Add(Encoding.ASCII.GetBytes(new string('x', 40) + "end"));
        Assert.Equal("xxxxxxxxxxxxxend", ReadFrom(0));
        Assert.Equal(63, _history.End);
    }

    [Fact]
    public void The_tail_begins_with_a_line()
    {
        _history.Add("one\ntwo\nthree\n"u8);
        Assert.Equal(0, _history.Tail(100));
        Assert.Equal("three\n", ReadFrom(_history.Tail(8)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void It_is_as_a_text_of_which_the_end_is_kept(int seed)
    {
        Random random = new(seed);
        StringBuilder all = new();
        for (int count = 0; count < 500; count++)
        {
            string said = new((char)('a' + random.Next(26)), random.Next(20));
            _ = all.Append(said);
            _history.Add(Encoding.ASCII.GetBytes(said));
            Assert.Equal(all.ToString()[Math.Max(0, all.Length - 16)..], ReadFrom(0));
        }
    }

    private string ReadFrom(long position)
    {
        StringBuilder text = new();
        while (true)
        {
            ReadOnlySpan<byte> part = _history.From(ref position);
            if (part.IsEmpty)
            {
                return text.ToString();
            }

            _ = text.Append(Encoding.ASCII.GetString(part));
            position += part.Length;
        }
    }
}
