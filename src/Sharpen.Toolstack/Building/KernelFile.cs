using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Sharpen.Toolstack.Building;

/// <summary>A kernel's file, unpacked as far as needed: an ELF file, one that is compressed as a whole, or a bzImage with one
/// inside. Source: the x86 boot protocol, <c>payload_offset</c> and <c>payload_length</c>, version 2.08.</summary>
public static class KernelFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MostFileBytes = 1 << 30;

    private const int SetupSectors = 0x1f1;
    private const int HeaderMagic = 0x202;
    private const int Version = 0x206;
    private const int PayloadOffset = 0x248;
    private const int PayloadLength = 0x24c;

    /// <summary>Reads a kernel.</summary>
    /// <exception cref="ImageException">It cannot be read, or is none.</exception>
    public static ElfKernel Load(string path)
    {
        try
        {
            return ElfKernel.Parse(Unpack(ReadAll(path)));
        }
        catch (ImageException exception)
        {
            throw new ImageException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a file as it is.</summary>
    /// <exception cref="ImageException">It cannot be read.</exception>
    public static byte[] ReadAll(string path)
    {
        try
        {
            return BoundedFile.Read(path, MostFileBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ImageException($"cannot read {path}: {exception.Message}", exception);
        }
    }

    /// <summary>The ELF file in a kernel's file.</summary>
    /// <exception cref="ImageException">There is none.</exception>
    public static byte[] Unpack(byte[] file)
    {
        if (IsElf(file))
        {
            return file;
        }

        var payload = IsBootImage(file) ? Payload(file) : file;
        byte[] kernel = IsElf(payload.Span) ? payload.ToArray() : Decompressor.Decompress(payload, (int)ElfKernel.MostBytes);
        return IsElf(kernel) ? kernel : throw new ImageException("what the kernel's file holds is no ELF file");
    }

    private static bool IsElf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\u007fELF"u8);

    private static bool IsBootImage(ReadOnlySpan<byte> bytes) => bytes.Length > 0x250 && bytes.Slice(HeaderMagic, 4).SequenceEqual("HdrS"u8);

    private static ReadOnlyMemory<byte> Payload(byte[] file)
    {
        if (MemoryMarshal.Read<ushort>(file.AsSpan(Version)) < 0x208)
        {
            throw new ImageException("the bzImage is older than version 2.08 of the boot protocol, and does not say where its kernel is");
        }

        int sectors = file[SetupSectors] == 0 ? 4 : file[SetupSectors];
        ulong start = (ulong)((sectors + 1) * 512) + MemoryMarshal.Read<uint>(file.AsSpan(PayloadOffset));
        uint length = MemoryMarshal.Read<uint>(file.AsSpan(PayloadLength));
        return start <= (ulong)file.Length && length <= (ulong)file.Length - start && length > 4
            ? file.AsMemory((int)start, (int)length)
            : throw new ImageException($"the bzImage says that its kernel has {length} bytes at {start}, and the file has {file.Length}");
    }
}
