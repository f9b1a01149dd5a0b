using System;
using System.Linq;
using Sharpen.Hypervisor.Unpacking;
using Xunit;

namespace Sharpen.Unit.Unpacking;

/// <summary>What the real xz packs comes out as it went in.</summary>
public sealed class XzTests : MachineTest
{
    private const int Slack = 24;

    public static TheoryData<string> Options =>
    [
        "-0 --check=crc32", "-6", "-9e --check=none", "--x86 --lzma2=preset=6 --check=crc32", "--lzma2=preset=6,lc=0,lp=4,pb=0",
        "--lzma2=preset=6,lc=4,lp=0,pb=4", "--lzma2=preset=6,lc=1,lp=2,pb=3", "--block-size=20000 --check=crc32", "-T2 --block-size=30000",
        "--x86=start=4096 --lzma2=dict=4KiB",
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void What_xz_packs_comes_out_as_it_went_in(string options)
    {
        foreach (byte[] data in new[] { [], [7], Tools.Mixed(1, 5), Tools.Mixed(2, 300_000), Tools.Code(3, 100_000), new byte[3_000_000], Noise(70_000) })
        {
            byte[] packed = Tools.Run("xz", $"-c {options}", data);
            byte[] destination = new byte[data.Length + Slack];
            Assert.True(Xz.TryUnpack(packed, destination, out int length, out UnpackFault fault), $"{fault} for {data.Length} bytes");
            Assert.True(data.AsSpan().SequenceEqual(destination.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_destination_that_fits_exactly_is_enough_and_one_byte_less_is_not()
    {
        byte[] data = Tools.Mixed(5, 50_000);
        byte[] packed = Tools.Run("xz", "-c", data);
        byte[] destination = new byte[data.Length];
        Assert.True(Xz.TryUnpack(packed, destination, out int _, out _));
        Assert.True(data.AsSpan().SequenceEqual(destination));
        Assert.False(Xz.TryUnpack(packed, destination.AsSpan(1), out int _, out UnpackFault fault));
        Assert.Equal(UnpackFault.TooLong, fault);
    }

    [Fact]
    public void The_filter_and_other_state_do_not_leak_from_one_file_to_the_next()
    {
        byte[] data = Tools.Code(8, 40_000);
        byte[] destination = new byte[data.Length];
        foreach (string options in new[] { "--x86 --lzma2=preset=1", "-6", "--lzma2=lc=0,lp=2", "-6" })
        {
            Assert.True(Xz.TryUnpack(Tools.Run("xz", $"-c {options}", data), destination, out int _, out _));
            Assert.True(data.AsSpan().SequenceEqual(destination));
        }
    }

    [Theory]
    [InlineData("--check=sha256", UnpackFault.Unsupported)]
    [InlineData("--delta=dist=4 --lzma2", UnpackFault.Unsupported)]
    [InlineData("--arm --lzma2", UnpackFault.Unsupported)]
    [InlineData("--x86 --delta --lzma2", UnpackFault.Unsupported)]
    public void What_no_kernel_is_packed_with_is_refused_by_name(string options, object expected)
    {
        byte[] packed = Tools.Run("xz", $"-c {options}", Tools.Mixed(1, 1000));
        Assert.False(Xz.TryUnpack(packed, new byte[2000], out _, out UnpackFault fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Every_cut_is_told_as_a_cut()
    {
        byte[] packed = Tools.Run("xz", "-c --check=crc32", Tools.Mixed(4, 700));
        byte[] destination = new byte[800];
        for (int length = 0; length < packed.Length; length++)
        {
            Assert.False(Xz.TryUnpack(packed.AsSpan(0, length), destination, out _, out UnpackFault fault));
            Assert.True(fault == UnpackFault.Truncated, $"{fault} at {length} of {packed.Length}");
        }
    }

    [Fact]
    public void Zeros_may_follow_and_nothing_else()
    {
        byte[] packed = Tools.Run("xz", "-c", Tools.Mixed(4, 700));
        Assert.True(Xz.TryUnpack((byte[])[.. packed, 0, 0, 0, 0], new byte[800], out _, out _));
        Assert.False(Xz.TryUnpack((byte[])[.. packed, 0, 0, 0, 1], new byte[800], out _, out UnpackFault fault));
        Assert.Equal(UnpackFault.Trailing, fault);
    }

    private static byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        new Random(11).NextBytes(bytes);
        return bytes;
    }
}
