using System;
using Sharpen.Xl.Output;
using Xunit;

namespace Sharpen.ToolsTests.Xl;

/// <summary>The line that long work shows on a terminal.</summary>
public sealed class ProgressTests
{
    [Theory]
    [InlineData("making web", 0, 0, "xl: making web, 3 s")]
    [InlineData("writing core", 1, 4, "xl: writing core, 25 %, 3 s")]
    [InlineData("writing core", 9, 4, "xl: writing core, 100 %, 3 s")]
    public void It_says_what_how_far_and_since_when(string what, long done, long all, string line) =>
        Assert.Equal(line, Progress.Line(what, done, all, TimeSpan.FromSeconds(3.9)));

    [Fact]
    public void It_fits_a_terminal() => Assert.Equal(79, Progress.Line(new string('x', 200), 1, 2, TimeSpan.FromSeconds(3)).Length);
}
