using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.ToolsTests.Toolstack.Building;

/// <summary>Makes small kernels.</summary>
internal static class KernelWorld
{
    internal const ulong Base = 0xffffffff80000000;
    internal const ulong Load = 0x100000;

    /// <summary>An ELF kernel of one segment that begins with a hypercall page, and notes.</summary>
    internal static byte[] Kernel(ulong? initialP2m = null)
    {
        const int NotesAt = 0x200;
        const int SegmentAt = 0x1000;
        byte[] file = new byte[SegmentAt + 0x2000];
        var header = new ElfHeader
        {
            Machine = 62,
            Entry = Base + Load + 0x1000,
            ProgramHeaders = 64,
            ProgramHeaderBytes = (ushort)Unsafe.SizeOf<ElfProgramHeader>(),
            ProgramHeaderCount = 2,
        };
        MemoryMarshal.Write(file, in header);
        ReadOnlySpan<byte> magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        magic.CopyTo(file);
        int at = NotesAt;
        Note(file, ref at, ElfNote.VirtBase, Base);
        Note(file, ref at, ElfNote.HypercallPage, Base + Load);
        Note(file, ref at, ElfNote.Entry, Base + Load + 0x1000);
        if (initialP2m is { } address)
        {
            Note(file, ref at, ElfNote.InitP2m, address);
        }

        MemoryMarshal.Write(file.AsSpan(64), new ElfProgramHeader
        {
            Type = ElfSegmentType.Load,
            Offset = SegmentAt,
            PhysicalAddress = Load,
            FileBytes = 0x2000,
            MemoryBytes = 0x3000,
        });
        MemoryMarshal.Write(file.AsSpan(64 + 56), new ElfProgramHeader { Type = ElfSegmentType.Note, Offset = NotesAt, FileBytes = (ulong)(at - NotesAt) });
        file.AsSpan(SegmentAt).Fill(0x5a);
        return file;
    }

    private static void Note(byte[] file, ref int at, ElfNote type, ulong value)
    {
        MemoryMarshal.Write(file.AsSpan(at), new ElfNoteHeader { NameBytes = 4, ValueBytes = 8, Type = type });
        "Xen\0"u8.CopyTo(file.AsSpan(at + 12));
        MemoryMarshal.Write(file.AsSpan(at + 16), value);
        at += 24;
    }
}
