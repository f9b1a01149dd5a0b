using System;
using System.Buffers.Binary;
using Sharpen.Toolstack.Building;
using Xunit;

namespace Sharpen.Fuzz.Toolstack;

/// <summary>Whatever a kernel's file holds, it is laid out within its guest or refused as an image, never anything else.</summary>
public sealed class KernelFuzz
{
    private const ulong FirstFrame = 0x40000;
    private const int HeadBytes = 0x248;
    private const int MostPages = 1024;
    private static readonly byte[][] s_kernels = [KernelCorpus.Plain(), KernelCorpus.Plain(0xffff_8880_0000_0000), KernelCorpus.Plain(0xffff_ffff_8020_0000)];
    private static readonly ulong[] s_telling =
    [
        0, 1, 3, 8, 56, 64, 0xfff, 0x1000, 0x2000, 0x3000, 0x100000, 0x400000, 0x3fffffff, 0x40000000, 0x40000001, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffff_ffffffff,
        0x8000_0000_0000_0000, 0xffff_8000_0000_0000, 0xffff_ffff_8000_0000, 0xffff_ffff_ffff_f000, 0xffff_ffff_ffff_ffc8, ulong.MaxValue,
    ];

    [ThreadStatic]
    private static byte[]? s_memory;

    [Fact]
    public void Spoilt_kernels_are_built_or_refused() => Fuzzer.Run(20_000, Round);

    [Fact]
    [Trait("Tier", "All")]
    public void A_million_spoilt_kernels_are_built_or_refused() => Fuzzer.Run(1_000_000, Round);

    [Fact]
    public void The_corpus_is_built_when_it_is_whole() => Assert.All(s_kernels, static file => Assert.True(TryBuild(file, 5000, MostPages)));

    [Fact]
    public void Short_kernels_are_refused() => Fuzzer.Run(500, static random =>
        Assert.Throws<ImageException>(() => ElfKernel.Parse(s_kernels[0][..random.Next(0x3000)])));

    /// <summary>Segments that all show the same bytes of the file would take as long as a file of them all.</summary>
    [Fact]
    public void A_kernel_of_more_bytes_than_its_file_is_refused()
    {
        byte[] file = new byte[64 << 20];
        s_kernels[0].CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(56), 128);
        file.AsSpan(64, 56).CopyTo(file.AsSpan(64 + 56));
        for (int i = 0; i < 128; i++)
        {
            file.AsSpan(64, 56).CopyTo(file.AsSpan(64 + (56 * i)));
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(64 + (56 * i) + 32), (ulong)file.Length - 0x1000);
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(64 + (56 * i) + 40), (ulong)file.Length);
        }

        Assert.Throws<ImageException>(() => ElfKernel.Parse(file));
    }

    /// <summary>What is mapped to be written is at most two gigabytes in one piece.</summary>
    [Fact]
    public void A_guest_too_large_to_be_written_is_refused()
    {
        var kernel = ElfKernel.Parse(s_kernels[0]);
        Assert.Throws<ImageException>(() => PvLayout.Find(kernel, 1UL << 30, 1UL << 28));
        Assert.Throws<ImageException>(() => PvLayout.Find(kernel, 0, 1UL << 41));
    }

    private static void Round(Random random)
    {
        byte[] file = s_kernels[random.Next(s_kernels.Length)];
        file = random.Next(3) == 0 ? new Mutator(random).Spoil(file) : (byte[])file.Clone();
        for (int count = random.Next(5); count > 0 && file.Length >= HeadBytes; count--)
        {
            ulong value = s_telling[random.Next(s_telling.Length)];
            Span<byte> place = file.AsSpan(random.Next(HeadBytes / 2) * 2);
            switch (random.Next(3))
            {
                case 0:
                    BinaryPrimitives.WriteUInt16LittleEndian(place, unchecked((ushort)value));
                    break;
                case 1 when place.Length >= 4:
                    BinaryPrimitives.WriteUInt32LittleEndian(place, unchecked((uint)value));
                    break;
                case 2 when place.Length >= 8:
                    BinaryPrimitives.WriteUInt64LittleEndian(place, value);
                    break;
            }
        }

        _ = TryBuild(file, random.Next(4) == 0 ? random.Next(3 << 20) : 0, random.Next(16, MostPages + 1));
    }

    private static bool TryBuild(byte[] file, int ramdiskBytes, int pages)
    {
        try
        {
            var kernel = ElfKernel.Parse(KernelFile.Unpack(file));
            var layout = PvLayout.Find(kernel, (ulong)ramdiskBytes, (ulong)pages);
            Assert.True(layout.End <= (ulong)pages && layout.MappedEnd <= (ulong)pages);
            var image = new PvImage(kernel, new byte[ramdiskBytes], "hello", layout);
            Assert.True(image.HypercallPage is null || image.HypercallPage < (ulong)pages);
            ulong[] frames = new ulong[pages];
            for (int i = 0; i < pages; i++)
            {
                frames[i] = FirstFrame + (ulong)i;
            }

            s_memory ??= new byte[MostPages * PvLayout.PageSize];
            Span<byte> memory = s_memory.AsSpan(0, (int)(layout.End - layout.First) * PvLayout.PageSize);
            image.Write(memory, frames, default);
            CheckTables(memory[((int)(layout.Tables - layout.First) * PvLayout.PageSize)..], layout, (ulong)pages);
            return true;
        }
        catch (ImageException exception)
        {
            Assert.NotEmpty(exception.Message);
            return false;
        }
    }

    // Whatever the kernel wanted, its first page tables lead to frames of its own.
    private static void CheckTables(ReadOnlySpan<byte> tables, PvLayout layout, ulong pages)
    {
        for (int at = 0; at < (int)layout.TablePages * PvLayout.PageSize; at += sizeof(ulong))
        {
            ulong entry = BinaryPrimitives.ReadUInt64LittleEndian(tables[at..]);
            Assert.True(entry == 0 || (entry >> 12) - FirstFrame < pages);
        }
    }
}
