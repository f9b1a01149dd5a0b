using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Building;

/// <summary>A 64-bit x86 kernel as an ELF file. Nothing in the file is trusted: each number is compared before it is used, and
/// loops are bounded by small counts.</summary>
public sealed class ElfKernel
{
    /// <summary>Most memory that a kernel may take, in bytes.</summary>
    public const ulong MostBytes = 1UL << 30;

    private const int MostHeaders = 128;
    private const ushort MachineX64 = 62;

    private ElfKernel(byte[] file, IReadOnlyList<KernelSegment> segments, KernelNotes notes, ulong entry) =>
        (File, Segments, Notes, Entry) = (file, segments, notes, entry);

    /// <summary>The file.</summary>
    public byte[] File { get; }

    /// <summary>What is loaded.</summary>
    public IReadOnlyList<KernelSegment> Segments { get; }

    /// <summary>What it says about itself.</summary>
    public KernelNotes Notes { get; }

    /// <summary>The linear address where it begins.</summary>
    public ulong Entry { get; }

    /// <summary>The first byte of all segments, counted from page 0.</summary>
    public ulong Start { get; private init; }

    /// <summary>The first byte behind all segments, counted from page 0.</summary>
    public ulong End { get; private init; }

    /// <summary>Understands a file.</summary>
    /// <exception cref="ImageException">It is no kernel that a PV guest can run.</exception>
    public static ElfKernel Parse(byte[] file)
    {
        var header = Read<ElfHeader>(file, 0, "the ELF header");
        if (file[4] != 2 || file[5] != 1 || header.Machine != MachineX64)
        {
            throw new ImageException("the kernel is no 64-bit x86 ELF file; PV guests of 32 bits are not supported");
        }

        if (header.ProgramHeaderBytes != Unsafe.SizeOf<ElfProgramHeader>() || header.ProgramHeaderCount > MostHeaders)
        {
            throw new ImageException($"the kernel has {header.ProgramHeaderCount} program headers of {header.ProgramHeaderBytes} bytes: at most {MostHeaders} of {Unsafe.SizeOf<ElfProgramHeader>()} are allowed");
        }

        var notes = new KernelNotes();
        var programHeaders = new ElfProgramHeader[header.ProgramHeaderCount];
        for (int i = 0; i < programHeaders.Length; i++)
        {
            ulong at = header.ProgramHeaders + (uint)(i * Unsafe.SizeOf<ElfProgramHeader>());
            programHeaders[i] = Read<ElfProgramHeader>(file, header.ProgramHeaders > (ulong)file.Length ? ulong.MaxValue : at, "a program header");
            if (programHeaders[i].Type == ElfSegmentType.Note)
            {
                notes = NoteReader.Read(Part(file, programHeaders[i].Offset, programHeaders[i].FileBytes, "the notes"), notes);
            }
        }

        var segments = Load(file, programHeaders, notes.PhysicalOffset, out ulong first, out ulong end);
        return new ElfKernel(file, segments, notes, notes.Entry ?? header.Entry) { Start = first, End = end };
    }

    private static List<KernelSegment> Load(byte[] file, ElfProgramHeader[] headers, ulong physicalOffset, out ulong first, out ulong end)
    {
        var segments = new List<KernelSegment>();
        ulong bytes = 0;
        first = ulong.MaxValue;
        end = 0;
        foreach (ref readonly var header in headers.AsSpan())
        {
            if (header.Type != ElfSegmentType.Load || header.MemoryBytes == 0)
            {
                continue;
            }

            _ = Part(file, header.Offset, header.FileBytes, "a segment");
            ulong start = unchecked(header.PhysicalAddress - physicalOffset);
            if (header.FileBytes > header.MemoryBytes || header.MemoryBytes > MostBytes || start > MostBytes - header.MemoryBytes)
            {
                throw new ImageException($"a segment of the kernel has {header.FileBytes:x} bytes of {header.MemoryBytes:x} at {start:x}: it does not fit {MostBytes >> 20} MiB");
            }

            // Segments may show the same bytes of the file, but not so often that they take longer than any kernel.
            bytes += header.FileBytes;
            if (bytes > MostBytes)
            {
                throw new ImageException($"the segments of the kernel have more than {MostBytes >> 20} MiB");
            }

            segments.Add(new KernelSegment((int)header.Offset, (int)header.FileBytes, header.MemoryBytes, start));
            first = Math.Min(first, start);
            end = Math.Max(end, start + header.MemoryBytes);
        }

        return segments.Count > 0 ? segments : throw new ImageException("the kernel has nothing to load");
    }

    private static ReadOnlySpan<byte> Part(byte[] file, ulong offset, ulong bytes, string what) =>
        offset <= (ulong)file.Length && bytes <= (ulong)file.Length - offset
            ? file.AsSpan((int)offset, (int)bytes)
            : throw new ImageException($"the kernel's file ends before {what}: {bytes:x} bytes at {offset:x}, and the file has {file.Length:x}");

    private static T Read<T>(byte[] file, ulong offset, string what)
        where T : unmanaged => MemoryMarshal.Read<T>(Part(file, offset, (ulong)Unsafe.SizeOf<T>(), what));
}
