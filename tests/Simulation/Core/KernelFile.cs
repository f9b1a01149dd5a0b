using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Simulation.Core;

/// <summary>Makes the ELF file of a kernel that has no code: where things are is all that a simulated guest needs.</summary>
public static class KernelFile
{
    /// <summary>The linear address of pseudo-physical zero.</summary>
    public const ulong Base = 0xffff_ffff_8000_0000;

    /// <summary>Where the kernel's pages begin.</summary>
    public const ulong Start = Base + 0x10_0000;

    /// <summary>Pages of the kernel: the first is for hypercalls.</summary>
    public const ulong Pages = 4;

    private const int NotesAt = 0x200;
    private const int ContentAt = 0x1000;

    /// <summary>A sound file.</summary>
    /// <param name="more">Further notes.</param>
    public static byte[] Make(params (ElfNote Type, ulong Value)[] more)
    {
        byte[] file = new byte[ContentAt + 0x1000];
        byte[] notes = Notes(more);
        ElfHeader header = new()
        {
            Type = 2,
            Machine = 62,
            Version = 1,
            Entry = Start + 0x1000,
            ProgramHeaders = (ulong)Marshal.SizeOf<ElfHeader>(),
            ProgramHeaderBytes = (ushort)Marshal.SizeOf<ElfProgramHeader>(),
            ProgramHeaderCount = 2,
        };
        MemoryMarshal.Write(file, in header);
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(file, 0);
        Put(file, 0, new ElfProgramHeader
        {
            Type = ElfSegmentType.Load,
            Offset = ContentAt,
            VirtualAddress = Start,
            PhysicalAddress = Start - Base,
            FileBytes = 0x1000,
            MemoryBytes = Pages << 12,
        });
        Put(file, 1, new ElfProgramHeader { Type = ElfSegmentType.Note, Offset = NotesAt, FileBytes = (ulong)notes.Length });
        notes.CopyTo(file, NotesAt);
        return file;
    }

    private static void Put(byte[] file, int index, ElfProgramHeader segment) =>
        MemoryMarshal.Write(file.AsSpan(Marshal.SizeOf<ElfHeader>() + (index * Marshal.SizeOf<ElfProgramHeader>())), in segment);

    private static byte[] Notes((ElfNote Type, ulong Value)[] more)
    {
        List<byte> notes = [];
        Add(notes, ElfNote.XenVersion, Encoding.ASCII.GetBytes("xen-3.0\0"));
        Add(notes, ElfNote.VirtBase, BitConverter.GetBytes(Base));
        Add(notes, ElfNote.HypercallPage, BitConverter.GetBytes(Start));
        Add(notes, ElfNote.Entry, BitConverter.GetBytes(Start + 0x1000));
        foreach ((ElfNote type, ulong value) in more)
        {
            Add(notes, type, BitConverter.GetBytes(value));
        }

        return [.. notes];
    }

    private static void Add(List<byte> notes, ElfNote type, byte[] value)
    {
        notes.AddRange(BitConverter.GetBytes(4));
        notes.AddRange(BitConverter.GetBytes(value.Length));
        notes.AddRange(BitConverter.GetBytes((uint)type));
        notes.AddRange("Xen\0"u8);
        notes.AddRange(value);
        while (notes.Count % 4 != 0)
        {
            notes.Add(0);
        }
    }
}
