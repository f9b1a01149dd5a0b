using System;
using System.Linq;
using Sharpen.Hypervisor.Unpacking;
using Sharpen.Machine.Memory;
using Sharpen.Unit.Memory;
using Xunit;

namespace Sharpen.Unit.Unpacking;

/// <summary>What the real zstd packs comes out again.</summary>
public sealed class ZstdTests : MachineTest
{
    public ZstdTests() => Assert.True(MemoryBoot.Initialise([MemoryWorld.OneGranule]).Try(out _));

    [Theory]
    [InlineData("-1")]
    [InlineData("-3 --no-check")]
    [InlineData("-9")]
    [InlineData("-19 --long=27")]
    [InlineData("-22 --ultra")]
    [InlineData("--fast=9")]
    public void Data_of_every_kind_comes_out(string options)
    {
        for (int seed = 1; seed < 8; seed++)
        {
            Check(options, Tools.Mixed(seed, seed * 70_001));
            Check(options, Tools.Code(seed, seed * 3001));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(65_791)]
    [InlineData(131_072)]
    [InlineData(131_073)]
    public void Simple_data_of_any_length_comes_out(int length)
    {
        Check("-19", new byte[length]);
        Check("-3", [.. Enumerable.Range(0, length).Select(value => (byte)((((value & 0xfff) * (value & 0xff)) >> 3) & 0xff))]);
        Check("-3", Tools.Mixed(length, length));
    }

    [Fact]
    public void Text_and_skewed_bytes_come_out()
    {
        Random random = new(3);
        byte[] skewed = [.. Enumerable.Range(0, 300_000).Select(_ => (byte)(random.NextDouble() < 0.97 ? 0x41 : random.Next(40)))];
        byte[] text = [.. Enumerable.Range(0, 300_000).Select(_ => (byte)"etaoin shrdlu"[(int)(13 * random.NextDouble() * random.NextDouble())])];
        foreach (string options in new[] { "-1", "-5", "-19" })
        {
            Check(options, skewed);
            Check(options, text);
        }
    }

    [Fact]
    public void Frames_follow_each_other_and_others_are_passed_over()
    {
        byte[] first = Tools.Mixed(1, 5000);
        byte[] second = Tools.Mixed(2, 7000);
        byte[] packed = [.. Tools.Run("zstd", "-qc", first), 0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3, .. Tools.Run("zstd", "-qc", second)];
        byte[] destination = new byte[12_000];
        Assert.True(Zstd.TryUnpack(packed, destination, out int length, out _));
        Assert.Equal(12_000, length);
        Assert.True(destination.AsSpan().SequenceEqual([.. first, .. second]));
    }

    [Fact]
    public void What_does_not_fit_or_is_cut_short_is_refused()
    {
        byte[] packed = Tools.Run("zstd", "-qc", Tools.Mixed(5, 9000));
        Assert.False(Zstd.TryUnpack(packed, new byte[8999], out _, out _));
        for (int length = 0; length < packed.Length; length++)
        {
            Assert.False(Zstd.TryUnpack(packed.AsSpan(0, length), new byte[9000], out _, out _));
        }

        Assert.False(Zstd.TryUnpack([.. packed, 1], new byte[9000], out _, out UnpackFault fault));
        Assert.Equal(UnpackFault.Truncated, fault);
    }

    [Fact]
    public void A_wrong_checksum_is_told()
    {
        byte[] packed = Tools.Run("zstd", "-qc --check", Tools.Mixed(5, 9000));
        packed[^1] ^= 1;
        Assert.False(Zstd.TryUnpack(packed, new byte[9000], out _, out UnpackFault fault));
        Assert.Equal(UnpackFault.BadCheck, fault);
    }

    private static void Check(string options, byte[] data)
    {
        byte[] packed = Tools.Run("zstd", $"-qc {options}", data);
        byte[] destination = new byte[data.Length];
        Assert.True(Zstd.TryUnpack(packed, destination, out int length, out UnpackFault fault), $"{options}, {data.Length}: {fault}");
        Assert.Equal(data.Length, length);
        Assert.True(data.AsSpan().SequenceEqual(destination));
    }
}
