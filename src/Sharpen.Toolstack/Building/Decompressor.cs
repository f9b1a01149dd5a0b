using System;
using System.IO;
using System.IO.Compression;
using System.Runtime.InteropServices;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.Xz;

namespace Sharpen.Toolstack.Building;

/// <summary>Unpacks kernels, whatever of Linux' compressors was used. What is unpacked never grows beyond a limit.</summary>
public static class Decompressor
{
    private const int LzmaHeadBytes = 13;
    private const long UsualBytes = 16 << 20;

    /// <summary>What the first bytes say.</summary>
    public static Compression Recognise(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x1f, 0x8b, ..] => Compression.Gzip,
        [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, ..] => Compression.Xz,
        [0x42, 0x5a, 0x68, ..] => Compression.Bzip2,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression.Zstd,
        [0x02, 0x21, 0x4c, 0x18, ..] => Compression.Lz4,
        [0x89, 0x4c, 0x5a, 0x4f, ..] => Compression.Lzo,
        [0x5d, 0x00, 0x00, ..] => Compression.Lzma,
        _ => Compression.Unknown,
    };

    /// <summary>Unpacks.</summary>
    /// <param name="packed">The packed bytes; what stands behind them is ignored, as Linux puts the unpacked size there.</param>
    /// <param name="most">Most bytes that may come out.</param>
    /// <exception cref="ImageException">They are not packed by anything known, or damaged, or too large.</exception>
    public static byte[] Decompress(ReadOnlyMemory<byte> packed, int most)
    {
        var compression = Recognise(packed.Span);
        try
        {
            using Stream? unpacked = Open(compression, packed, most);
            return unpacked is null
                ? throw new ImageException(compression == Compression.Lzo
                    ? "the kernel is packed by LZO, which is not supported; repack it with zstd, xz or gzip"
                    : $"the kernel is neither ELF nor bzImage nor packed in a way that is known: it begins with {Convert.ToHexStringLower(packed.Span[..Math.Min(8, packed.Length)])}")
                : ReadAll(unpacked, Expected(packed.Span, most), most);
        }
        catch (OutOfMemoryException exception)
        {
            throw new ImageException($"there is not enough memory to unpack the kernel, which is packed by {compression}", exception);
        }
        catch (Exception exception) when (exception is not ImageException)
        {
            throw new ImageException($"the kernel is packed by {compression}, and damaged: {exception.Message}", exception);
        }
    }

    private static Stream? Open(Compression compression, ReadOnlyMemory<byte> packed, int most) => compression switch
    {
        Compression.Gzip => new GZipStream(Source(packed), CompressionMode.Decompress),
        Compression.Xz => new XZStream(Source(packed)),
        Compression.Lzma => OpenLzma(packed, most),
        Compression.Bzip2 => BZip2Stream.Create(Source(packed), SharpCompress.Compressors.CompressionMode.Decompress, false),
        // It would take what stands behind its frame for a damaged one.
        Compression.Zstd => new ZstdSharp.DecompressionStream(Source(packed[..ZstdFrame.LengthOf(packed.Span)])),
        Compression.Lz4 => new Lz4LegacyStream(packed),
        _ => null,
    };

    private static MemoryStream Source(ReadOnlyMemory<byte> packed) => MemoryMarshal.TryGetArray(packed, out var segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(packed.ToArray());

    // Properties, dictionary size, unpacked size (all ones: until the end mark). Nothing can refer to more than was unpacked before.
    private static LzmaStream OpenLzma(ReadOnlyMemory<byte> packed, int most)
    {
        if (packed.Length < LzmaHeadBytes)
        {
            throw new InvalidDataException("it ends in its head");
        }

        byte[] properties = packed[..5].ToArray();
        uint dictionary = Math.Min(MemoryMarshal.Read<uint>(properties.AsSpan(1)), (uint)most);
        MemoryMarshal.Write(properties.AsSpan(1), dictionary);
        long size = MemoryMarshal.Read<long>(packed.Span[5..]);
        return LzmaStream.Create(properties, Source(packed[LzmaHeadBytes..]), packed.Length - LzmaHeadBytes, size);
    }

    // Linux puts the unpacked size behind what it packed: a good guess, never more. No kernel shrinks to less than a sixteenth.
    private static int Expected(ReadOnlySpan<byte> packed, int most)
    {
        uint size = packed.Length >= 4 ? MemoryMarshal.Read<uint>(packed[^4..]) : 0;
        long usual = Math.Max(UsualBytes, packed.Length * 16L);
        return (int)Math.Min(most, size > 0 && size <= usual ? size : UsualBytes);
    }

    private static byte[] ReadAll(Stream stream, int expected, int most)
    {
        byte[] bytes = new byte[expected];
        int length = 0;
        while (true)
        {
            if (length == bytes.Length)
            {
                int next = stream.ReadByte();
                if (next < 0)
                {
                    break;
                }

                if (length >= most)
                {
                    throw new ImageException($"unpacked, the kernel is larger than {most >> 20} MiB");
                }

                Array.Resize(ref bytes, (int)Math.Min((long)most, Math.Max(4096L, length * 2L)));
                bytes[length++] = (byte)next;
            }

            int count = stream.Read(bytes, length, bytes.Length - length);
            if (count == 0)
            {
                break;
            }

            length += count;
        }

        Array.Resize(ref bytes, length);
        return bytes;
    }
}
