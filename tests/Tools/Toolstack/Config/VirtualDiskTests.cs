using CsCheck;
using Sharpen.Toolstack.Config;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Config;

public sealed class VirtualDiskTests
{
    [Fact]
    public void A_disks_number_is_that_of_its_name() => Gen.Int[0, int.MaxValue].Sample(static number =>
    {
        var disk = new VirtualDisk(number);
        Assert.True(VirtualDisk.TryParse(disk.ToString(), out var same), disk.ToString());
        Assert.Equal(disk.ToString(), same.ToString());
    });
}
