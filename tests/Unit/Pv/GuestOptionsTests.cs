using System.Text;
using Sharpen.Hypervisor.Pv.Building;
using Xunit;

namespace Sharpen.Unit.Pv;

/// <summary>The options of a guest on its module's line.</summary>
public class GuestOptionsTests
{
    [Theory]
    [InlineData("", "guest", 32UL << 20, 256)]
    [InlineData("name=a memory=16M weight=512 rest of it", "a", 16UL << 20, 512)]
    [InlineData("memory=4608K", "guest", 4608UL << 10, 256)]
    [InlineData("memory=64", "guest", 64UL << 20, 256)]
    [InlineData("  vcpus=1  memory=1g", "guest", 1UL << 30, 256)]
    public void What_is_said_counts_and_the_rest_has_defaults(string line, string name, ulong memory, int weight)
    {
        GuestOptions options = GuestOptions.Parse(Encoding.ASCII.GetBytes(line));
        Assert.True(options.Malformed.IsEmpty);
        Assert.Equal(name, Encoding.ASCII.GetString(options.Name));
        Assert.Equal(memory, options.Memory);
        Assert.Equal(weight, options.Weight);
    }

    [Theory]
    [InlineData("memory=")]
    [InlineData("memory=0")]
    [InlineData("memory=12Q")]
    [InlineData("memory=999999999999G")]
    [InlineData("weight=0")]
    [InlineData("weight=65536")]
    [InlineData("weight=1x")]
    [InlineData("vcpus=513")]
    [InlineData("vcpus=0")]
    public void A_value_that_makes_no_sense_is_named(string line) =>
        Assert.Equal(line, Encoding.ASCII.GetString(GuestOptions.Parse(Encoding.ASCII.GetBytes(line)).Malformed));
}
