using System;
using System.IO;
using System.IO.Compression;
using Sharpen.Hypervisor.Unpacking;
using Xunit;

namespace Sharpen.Unit.Unpacking;

/// <summary>What the real gzip packs comes out as it went in.</summary>
public sealed class GzipTests : MachineTest
{
    [Theory]
    [InlineData("-1")]
    [InlineData("-6")]
    [InlineData("-9")]
    public void What_gzip_packs_comes_out_as_it_went_in(string options)
    {
        byte[] noise = new byte[70_000];
        new Random(11).NextBytes(noise);
        foreach (byte[] data in new[] { [], [7], Tools.Mixed(1, 5), Tools.Mixed(2, 300_000), Tools.Code(3, 100_000), new byte[500_000], noise })
        {
            byte[] packed = Tools.Run("gzip", $"-c {options}", data);
            byte[] destination = new byte[data.Length];
            Assert.Equal((uint)data.Length, Gzip.DeclaredLength(packed));
            Assert.True(Gzip.TryUnpack(packed, destination, out int length, out UnpackFault fault), $"{fault} for {data.Length} bytes");
            Assert.Equal(data.Length, length);
            Assert.True(data.AsSpan().SequenceEqual(destination));
        }
    }

    [Fact]
    public void Plain_blocks_and_a_name_are_understood()
    {
        byte[] data = Tools.Mixed(2, 200_000);
        MemoryStream plain = new();
        using (GZipStream stream = new(plain, CompressionLevel.NoCompression, leaveOpen: true))
        {
            stream.Write(data);
        }

        byte[] packed = plain.ToArray();
        byte[] named = [.. packed[..3], 0x1e, .. packed[4..10], 2, 0, 0xaa, 0xbb, (byte)'n', 0, (byte)'c', 0, 0xcc, 0xdd, .. packed[10..]];
        foreach (byte[] file in new[] { packed, named })
        {
            byte[] destination = new byte[data.Length];
            Assert.True(Gzip.TryUnpack(file, destination, out int _, out UnpackFault fault), fault.ToString());
            Assert.True(data.AsSpan().SequenceEqual(destination));
        }
    }

    [Fact]
    public void Every_cut_is_told_as_a_cut()
    {
        byte[] packed = Tools.Run("gzip", "-c", Tools.Mixed(4, 700));
        byte[] destination = new byte[800];
        for (int length = 0; length < packed.Length; length++)
        {
            Assert.False(Gzip.TryUnpack(packed.AsSpan(0, length), destination, out _, out UnpackFault fault));
            Assert.True(fault is UnpackFault.Truncated or UnpackFault.BadData, $"{fault} at {length} of {packed.Length}");
        }
    }

    [Fact]
    public void A_destination_too_small_and_a_wrong_end_are_told()
    {
        byte[] data = Tools.Mixed(4, 70_000);
        byte[] packed = Tools.Run("gzip", "-c", data);
        Assert.False(Gzip.TryUnpack(packed, new byte[data.Length - 1], out _, out UnpackFault fault));
        Assert.Equal(UnpackFault.TooLong, fault);
        Assert.False(Gzip.TryUnpack((byte[])[.. packed, 1], new byte[data.Length], out _, out fault));
        Assert.Equal(UnpackFault.Trailing, fault);
        packed[^8] ^= 1;
        Assert.False(Gzip.TryUnpack(packed, new byte[data.Length], out _, out fault));
        Assert.Equal(UnpackFault.BadCheck, fault);
        packed[^8] ^= 1;
        packed[^4] ^= 1;
        Assert.False(Gzip.TryUnpack(packed, new byte[data.Length], out _, out fault));
        Assert.Equal(UnpackFault.BadLength, fault);
    }
}
