using Sharpen.Toolstack.Lifecycle;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack;

public sealed class HostMemoryTests
{
    [Theory]
    [InlineData(null, "", true)]
    [InlineData(null, "com1=115200 dom0_mem=1G", false)]
    [InlineData(null, "dom0_mem=1G", false)]
    [InlineData(null, "nodom0_mem=1G", true)]
    [InlineData(true, "dom0_mem=1G", true)]
    [InlineData(false, "", false)]
    public void A_dom0_whose_size_was_said_stays_as_it_is(bool? said, string commandLine, bool allowed) =>
        Assert.Equal(allowed, HostMemory.IsAllowed(said, commandLine));
}
