using CsCheck;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Time;
using Xunit;

namespace Sharpen.Unit.Console;

public sealed class RateLimitTests
{
    [Fact]
    public void No_more_passes_than_the_burst_and_what_time_gives_back() =>
        Gen.Select(Gen.ULong[0, 100].Array[1, 200], Gen.UInt[1, 20], Gen.ULong[1, 50]).Sample((steps, burst, interval) =>
        {
            RateLimit limit = default;
            ulong now = 0;
            uint passed = 0;
            foreach (ulong step in steps)
            {
                now += step;
                passed += limit.Take(new Instant(now), burst, new Duration(interval)) ? 1u : 0;
            }

            Assert.True(passed <= burst + (now / interval) + 1);
            Assert.Equal((uint)steps.Length - passed, limit.Refused);
        });
}
