using System.Text;
using Sharpen.Hypervisor.Boot.Options;
using Xunit;

namespace Sharpen.Unit.Boot;

/// <summary>What <c>dom0_mem</c> comes to on a host with 4 GiB free.</summary>
public class Dom0MemoryTests
{
    private const ulong Free = 4UL << 18;

    [Theory]
    [InlineData("1G", 1024)]
    [InlineData("-1G", 3072)]
    [InlineData("25%", 1024)]
    [InlineData("1G+25%", 2048)]
    [InlineData("min:2G,1G", 2048)]
    [InlineData("max:512M,1G", 512)]
    [InlineData("max:512M", 512)]
    [InlineData("100T", 3968)]
    [InlineData("-100T", 0)]
    [InlineData("", 3968)]
    public void An_amount_means_so_many_megabytes(string text, ulong megabytes)
    {
        Dom0Memory memory = default;
        Assert.Equal(OptionFault.None, Dom0Memory.Read(Encoding.ASCII.GetBytes(text), ref memory));
        Assert.Equal(megabytes, memory.Pages(Free) >> 8);
    }

    [Theory]
    [InlineData("1G", 0)]
    [InlineData("512M,max:1G", 1024)]
    [InlineData("max:25%", 1024)]
    [InlineData("max:-1G", 3072)]
    [InlineData("max:100T", 100 << 20)]
    public void The_most_is_a_limit_for_good(string text, ulong megabytes)
    {
        Dom0Memory memory = default;
        Assert.Equal(OptionFault.None, Dom0Memory.Read(Encoding.ASCII.GetBytes(text), ref memory));
        Assert.Equal(megabytes, memory.Limit(Free) >> 8);
    }

    [Theory]
    [InlineData("4G", false)]
    [InlineData("4097M", true)]
    [InlineData("100T,max:1G", true)]
    [InlineData("-100T", false)]
    [InlineData("", false)]
    public void More_than_the_host_has_is_noticed(string text, bool isBeyond)
    {
        Dom0Memory memory = default;
        Assert.Equal(OptionFault.None, Dom0Memory.Read(Encoding.ASCII.GetBytes(text), ref memory));
        Assert.Equal(isBeyond, memory.IsBeyond(Free));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-")]
    [InlineData("min:")]
    [InlineData("100%")]
    [InlineData("%")]
    [InlineData("1G+x%")]
    public void What_makes_no_sense_changes_nothing(string text)
    {
        Dom0Memory memory = default;
        Assert.NotEqual(OptionFault.None, Dom0Memory.Read(Encoding.ASCII.GetBytes(text), ref memory));
        Assert.False(memory.Initial.IsGiven || memory.Least.IsGiven || memory.Most.IsGiven);
    }
}
