using System;
using Sharpen.Toolstack.Building;
using Xunit;

namespace Sharpen.Fuzz.Toolstack;

/// <summary>Packed kernels that are damaged, cut, or larger than anything that can be meant: refused, within bounds of memory and time.</summary>
public sealed class PackedKernelFuzz
{
    private const int Most = 1 << 20;

    // What decoders have of their own, and what the output grows through.
    private const long MostAllocated = 48L << 20;

    public static TheoryData<string> Endings => [.. KernelCorpus.Endings];

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_packed_kernel_is_the_kernel(string ending)
    {
        byte[] packed = KernelCorpus.Packed("kernel", ending);
        Assert.Equal(KernelCorpus.Plain(), KernelFile.Unpack(packed));
        Assert.Equal(KernelCorpus.Plain(), KernelFile.Unpack(KernelCorpus.BootImage([.. packed, 0, 0x30, 0, 0])));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void Spoilt_packed_kernels_are_unpacked_or_refused(string ending) => Run(ending, 500);

    [Theory]
    [MemberData(nameof(Endings))]
    [Trait("Tier", "All")]
    public void Many_spoilt_packed_kernels_are_unpacked_or_refused(string ending) => Run(ending, 20_000);

    [Theory]
    [MemberData(nameof(Endings))]
    public void Cut_packed_kernels_are_refused(string ending)
    {
        byte[] packed = KernelCorpus.Packed("kernel", ending);
        Fuzzer.Run(200, random =>
        {
            byte[] cut = packed[..random.Next(packed.Length - 16)];
            Assert.True(!TryUnpack(cut, out byte[] unpacked) || unpacked.Length < KernelCorpus.Plain().Length);
        });
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void Bombs_are_refused(string ending)
    {
        byte[] bomb = KernelCorpus.Packed("bomb", ending);
        Fuzzer.Run(1, _ =>
        {
            Assert.False(TryUnpack(bomb, out byte[] _));
            Assert.Equal(KernelCorpus.BombBytes, Decompressor.Decompress(bomb, KernelCorpus.BombBytes).Length);
        });
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void Spoilt_boot_images_are_unpacked_or_refused(string ending)
    {
        byte[] packed = KernelCorpus.Packed("kernel", ending);
        Fuzzer.Run(100, random =>
        {
            byte[] image = KernelCorpus.BootImage(packed);
            byte[] head = new Mutator(random).Spoil(image.AsSpan(0x1f0, 0x60));
            head.AsSpan(0, Math.Min(0x60, head.Length)).CopyTo(image.AsSpan(0x1f0));
            try
            {
                _ = KernelFile.Unpack(image);
            }
            catch (ImageException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        });
    }

    [Theory]
    [InlineData("1f8b0800")]
    [InlineData("fd377a585a000004")]
    [InlineData("5d00008000ffffffffffffffff00")]
    [InlineData("5d000000ffffffffffffffffff0000")]
    [InlineData("425a6839314159265359")]
    [InlineData("28b52ffd24")]
    [InlineData("02214c180500000010")]
    [InlineData("894c5a4f000d0a1a")]
    [InlineData("00")]
    [InlineData("")]
    public void What_only_begins_well_is_refused(string start) => Assert.Throws<ImageException>(() => KernelFile.Unpack(Convert.FromHexString(start)));

    private static void Run(string ending, int rounds)
    {
        byte[] packed = KernelCorpus.Packed("kernel", ending);
        Fuzzer.Run(rounds, random => TryUnpack(new Mutator(random).Spoil(packed), out _));
    }

    private static bool TryUnpack(byte[] packed, out byte[] unpacked)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            unpacked = Decompressor.Decompress(packed, Most);
            Assert.InRange(unpacked.Length, 0, Most);
            return true;
        }
        catch (ImageException exception)
        {
            Assert.NotEmpty(exception.Message);
            unpacked = [];
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        }
    }
}
