using System;
using System.Buffers.Binary;
using System.IO;
using Sharpen.ToolsTests.Toolstack.Building;

namespace Sharpen.Fuzz.Toolstack;

/// <summary>Kernels: bare, packed by each of Linux' compressors, and as bzImages. The packed files of the corpus are <see cref="Plain"/>, and for
/// those named bomb 16 MiB of zeros, packed by gzip -9, xz --check=crc32 --x86 --lzma2=dict=64KiB, lzma, bzip2, zstd -19 and lz4 -l.</summary>
internal static class KernelCorpus
{
    /// <summary>Bytes in which a bomb ends.</summary>
    internal const int BombBytes = 16 << 20;

    private const int SetupBytes = 5 * 512;

    /// <summary>The endings of the packed files.</summary>
    internal static readonly string[] Endings = ["gz", "xz", "lzma", "bz2", "zst", "lz4"];

    /// <summary>A kernel whose bytes are neither all alike nor without order.</summary>
    internal static byte[] Plain(ulong? initialP2m = null)
    {
        byte[] file = KernelWorld.Kernel(initialP2m);
        for (int i = 0x1000; i < file.Length; i++)
        {
            file[i] = (byte)((i * i / 7) & (i >> 6));
        }

        return file;
    }

    /// <summary>A packed file; the name is "kernel" or "bomb".</summary>
    internal static byte[] Packed(string name, string ending) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Corpus", $"{name}.{ending}"));

    /// <summary>A boot image around a packed kernel. Source: the x86 boot protocol.</summary>
    internal static byte[] BootImage(ReadOnlySpan<byte> packed)
    {
        byte[] image = new byte[SetupBytes + packed.Length + 64];
        image[0x1f1] = (SetupBytes / 512) - 1;
        "HdrS"u8.CopyTo(image.AsSpan(0x202));
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(0x206), 0x20f);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(0x248), 32);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(0x24c), packed.Length);
        packed.CopyTo(image.AsSpan(SetupBytes + 32));
        return image;
    }
}
