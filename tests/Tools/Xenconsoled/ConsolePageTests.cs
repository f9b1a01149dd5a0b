using System;
using System.Text;
using Sharpen.Xen.Native;
using Sharpen.Xenconsoled.Rings;
using Xunit;

namespace Sharpen.ToolsTests.Xenconsoled;

public sealed class ConsolePageTests : IDisposable
{
    private readonly MappedMemory _memory = MappedMemory.Allocate(4096);
    private readonly byte[] _buffer = new byte[ConsolePage.OutputSize];
    private readonly ConsolePage _page;

    public ConsolePageTests() => _page = new ConsolePage(_memory);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void What_the_guest_said_is_taken_once_and_across_the_wrap()
    {
        _memory.WriteRelease(3080, uint.MaxValue - 2);
        _memory.WriteRelease(3084, uint.MaxValue - 2);
        Say("abcdef");
        Assert.Equal(6, _page.Take(_buffer));
        Assert.Equal("abcdef", Encoding.ASCII.GetString(_buffer.AsSpan(0, 6)));
        Assert.Equal(0, _page.Take(_buffer));
    }

    [Fact]
    public void An_impossible_index_is_put_right()
    {
        _memory.WriteRelease(3084, 5000);
        Assert.Equal(0, _page.Take(_buffer));
        Say("x");
        Assert.Equal(1, _page.Take(_buffer));
    }

    [Fact]
    public void What_is_typed_fits_the_room()
    {
        Assert.Equal(ConsolePage.InputSize, _page.InputRoom);
        _page.Put(new byte[1000]);
        Assert.Equal(24, _page.InputRoom);
        _memory.WriteRelease(3072, 5000);
        Assert.Equal(0, _page.InputRoom);
    }

    private void Say(string text)
    {
        uint put = _memory.ReadAcquire(3084);
        foreach (char letter in text)
        {
            _memory.Bytes[1024 + (int)(put % ConsolePage.OutputSize)] = (byte)letter;
            put = unchecked(put + 1);
        }

        _memory.WriteRelease(3084, put);
    }
}
