using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Runs of frames from runs of bytes.</summary>
public sealed class FrameRangeTests
{
    [Theory]
    [InlineData(0UL, 0x1000UL, 0UL, 1UL)]
    [InlineData(1UL, 0x1000UL, 1UL, 0UL)]
    [InlineData(0x9fc00UL, 0xa_1000UL, 0xa0UL, 1UL)]
    [InlineData(0x3000UL, 0x2000UL, 3UL, 0UL)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, 0x10_0000_0000_0000UL, 0UL)]
    public void Only_whole_frames_count(ulong start, ulong end, ulong first, ulong frames)
    {
        FrameRange range = FrameRange.InsideBytes(new MachineAddress(start), new MachineAddress(end));
        Assert.Equal(first, range.First.Value);
        Assert.Equal(frames, range.Frames);
    }
}
