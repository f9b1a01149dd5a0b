using System;
using System.IO;
using System.IO.Compression;
using CsCheck;
using Sharpen.Toolstack.Building;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Building;

/// <summary>Whatever a kernel's file holds, it is built or refused as an image, never anything else.</summary>
public sealed class KernelFuzzTests
{
    private static readonly Gen<(int At, byte Value)[]> s_damage = Gen.Select(Gen.Int[0, 0x400], Gen.Byte, static (at, value) => (at, value)).Array[1, 8];

    [Fact]
    public void Damaged_kernels_are_built_or_refused() => s_damage.Sample(static damage =>
    {
        byte[] file = KernelWorld.Kernel();
        foreach (var (at, value) in damage)
        {
            file[at] = value;
        }

        Build(file);
    }, iter: 20_000);

    [Fact]
    public void Short_kernels_are_refused() => Gen.Int[0, 0x2fff].Sample(static length => Assert.Throws<ImageException>(() => ElfKernel.Parse(KernelWorld.Kernel()[..length])), iter: 500);

    [Fact]
    public void Damaged_packed_kernels_are_unpacked_or_refused() => s_damage.Sample(static damage =>
    {
        byte[] file = Gzip(KernelWorld.Kernel());
        foreach (var (at, value) in damage)
        {
            file[at % file.Length] = value;
        }

        Build(file);
    }, iter: 500);

    [Theory]
    [InlineData("1f8b0800")]
    [InlineData("fd377a585a000004")]
    [InlineData("5d00008000ffffffffffffffff00")]
    [InlineData("425a6839314159265359")]
    [InlineData("28b52ffd24")]
    [InlineData("02214c180500000010")]
    [InlineData("894c5a4f000d0a1a")]
    [InlineData("00")]
    public void What_only_begins_well_is_refused(string start) => Assert.Throws<ImageException>(() => KernelFile.Unpack(Convert.FromHexString(start)));

    [Fact]
    public void A_packed_kernel_is_the_kernel() => Assert.Equal(KernelWorld.Kernel(), KernelFile.Unpack(Gzip(KernelWorld.Kernel())));

    private static void Build(byte[] file)
    {
        try
        {
            var kernel = ElfKernel.Parse(KernelFile.Unpack(file));
            var layout = PvLayout.Find(kernel, 0, 1024);
            var image = new PvImage(kernel, ReadOnlyMemory<byte>.Empty, "", layout);
            _ = image.HypercallPage;
            image.Write(new byte[(int)(layout.End - layout.First) * 4096], new ulong[1024], default);
        }
        catch (ImageException)
        {
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
