using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Building;

/// <summary>Reads ELF notes. What does not fit the bytes ends the reading; notes of other owners are passed over.</summary>
public static class NoteReader
{
    /// <summary>Adds what <paramref name="bytes"/> say to <paramref name="notes"/>.</summary>
    public static KernelNotes Read(ReadOnlySpan<byte> bytes, KernelNotes notes)
    {
        while (bytes.Length >= Unsafe.SizeOf<ElfNoteHeader>())
        {
            var header = MemoryMarshal.Read<ElfNoteHeader>(bytes);
            bytes = bytes[Unsafe.SizeOf<ElfNoteHeader>()..];
            if (!TryTake(ref bytes, header.NameBytes, out var name) || !TryTake(ref bytes, header.ValueBytes, out var value))
            {
                break;
            }

            if (name.SequenceEqual("Xen\0"u8))
            {
                notes = Apply(notes, header.Type, value);
            }
        }

        return notes;
    }

    private static KernelNotes Apply(KernelNotes notes, ElfNote type, ReadOnlySpan<byte> value) => type switch
    {
        ElfNote.Entry => notes with { Entry = Number(value) },
        ElfNote.VirtBase => notes with { VirtualBase = Number(value) },
        ElfNote.PaddrOffset => notes with { PhysicalOffset = Number(value) },
        ElfNote.HypercallPage => notes with { HypercallPage = Number(value) },
        ElfNote.InitP2m => notes with { InitialP2m = Number(value) },
        ElfNote.GuestOs => notes with { GuestOs = Text(value) },
        ElfNote.Loader => notes with { Loader = Text(value) },
        _ => notes,
    };

    // Name and value are padded to four bytes; the last one need not be.
    private static bool TryTake(ref ReadOnlySpan<byte> bytes, uint count, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (count > (uint)bytes.Length)
        {
            return false;
        }

        taken = bytes[..(int)count];
        bytes = bytes[Math.Min(bytes.Length, ((int)count + 3) & ~3)..];
        return true;
    }

    private static ulong Number(ReadOnlySpan<byte> value) => value.Length switch
    {
        >= 8 => MemoryMarshal.Read<ulong>(value),
        >= 4 => MemoryMarshal.Read<uint>(value),
        >= 2 => MemoryMarshal.Read<ushort>(value),
        1 => value[0],
        _ => 0,
    };

    private static string Text(ReadOnlySpan<byte> value) => Encoding.Latin1.GetString(value.TrimEnd((byte)0));
}
