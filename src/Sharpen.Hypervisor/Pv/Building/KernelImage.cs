using System;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>
/// A PV kernel as an ELF file in memory. The file is a stranger's: every offset and length is compared with the file's
/// bytes before it is used, and all loops end by counts that are bounded here.
/// </summary>
internal ref struct KernelImage
{
    private const uint Magic = 0x464c_457f;
    private const byte Class64 = 2;
    private const byte LittleEndian = 1;
    private const ushort Executable = 2;
    private const ushort MachineX8664 = 62;
    private const int MostSegments = 16;

    private readonly ReadOnlySpan<byte> _file;
    private Fixed16<ElfProgramHeader> _segments;
    private int _count;

    private KernelImage(ReadOnlySpan<byte> file)
    {
        _file = file;
        _segments = default;
        _count = 0;
        Notes = default;
    }

    /// <summary>What the kernel's notes say.</summary>
    internal KernelNotes Notes { get; private set; }

    /// <summary>How many segments are to be loaded.</summary>
    internal readonly int Count => _count;

    /// <summary>
    /// Reads the headers. <see cref="Errno.NoExec"/>: not a 64-bit x86 executable; <see cref="Errno.Inval"/>: a header points
    /// outside of the file, or there is nothing to load, or too much.
    /// </summary>
    internal static Result Read(ReadOnlySpan<byte> file, out KernelImage image)
    {
        image = new KernelImage(file);
        if (!Layout.TryRead(file, 0, out ElfHeader header) || !IsKernel(ref header))
        {
            return Errno.NoExec;
        }

        if (header.ProgramHeaderBytes != Layout.SizeOf<ElfProgramHeader>() || header.ProgramHeaderCount > MostSegments)
        {
            return Errno.Inval;
        }

        KernelNotes notes = new() { Entry = header.Entry };
        for (int index = 0; index < header.ProgramHeaderCount; index++)
        {
            ulong offset = (ulong)(uint)(index * Layout.SizeOf<ElfProgramHeader>());
            if (header.ProgramHeaders > (ulong)file.Length
                || !Layout.TryRead(file, header.ProgramHeaders + offset, out ElfProgramHeader segment)
                || !image.Take(in segment, ref notes))
            {
                return Errno.Inval;
            }
        }

        image.Notes = notes;
        return image._count == 0 ? Errno.Inval : Result.Success;
    }

    /// <summary>A segment's header, and the part of it that is in the file; the rest of it is zero.</summary>
    internal readonly ReadOnlySpan<byte> Segment(int index, out ElfProgramHeader header)
    {
        header = _segments.ReadOnly[index];
        return _file.Slice((int)header.Offset, (int)header.FileBytes);
    }

    private static bool IsKernel(ref ElfHeader header)
    {
        ReadOnlySpan<byte> identification = Layout.Items<Bytes16, byte>(ref header.Identification);
        return new ByteFields(identification).U32(0) == Magic && identification[4] == Class64
            && identification[5] == LittleEndian && header.Type == Executable && header.Machine == MachineX8664;
    }

    private bool Take(in ElfProgramHeader segment, ref KernelNotes notes)
    {
        bool isInFile = segment.Offset <= (ulong)_file.Length && segment.FileBytes <= (ulong)_file.Length - segment.Offset;
        switch (segment.Type)
        {
            case ElfSegmentType.Load when segment.MemoryBytes != 0:
                if (!isInFile || segment.FileBytes > segment.MemoryBytes || segment.MemoryBytes > ulong.MaxValue - segment.PhysicalAddress)
                {
                    return false;
                }

                _segments[_count++] = segment;
                return true;
            case ElfSegmentType.Note:
                return isInFile && notes.Take(_file.Slice((int)segment.Offset, (int)segment.FileBytes));
            default:
                return true;
        }
    }
}
