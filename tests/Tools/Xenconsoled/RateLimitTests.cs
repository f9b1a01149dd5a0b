using Sharpen.Xenconsoled.Rings;
using Xunit;

namespace Sharpen.ToolsTests.Xenconsoled;

public sealed class RateLimitTests
{
    [Fact]
    public void Who_rings_too_often_waits_for_the_next_period()
    {
        RateLimit limit = new(2, 200);
        Assert.True(limit.Allow(1000));
        Assert.True(limit.Allow(1001));
        Assert.False(limit.Allow(1002));
        Assert.Equal(1200, limit.Until);
        Assert.True(limit.Allow(1200));
    }
}
