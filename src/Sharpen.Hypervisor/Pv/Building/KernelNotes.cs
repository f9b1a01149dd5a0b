using System;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>What a kernel says about itself in ELF notes owned by "Xen". Source: <c>xen/elfnote.h</c>.</summary>
internal struct KernelNotes
{
    private const int MostNotes = 64;

    /// <summary>The linear address that it is entered at; the ELF header's unless a note says otherwise.</summary>
    internal ulong Entry;

    /// <summary>The linear address of the page that we fill with calls, or zero.</summary>
    internal ulong HypercallPage;

    /// <summary>The linear address that pseudo-physical address zero appears at.</summary>
    internal ulong VirtualBase;

    /// <summary>What to subtract from the segments' physical addresses.</summary>
    internal ulong PhysicalOffset;

    /// <summary>The linear address that the list of frame numbers is to appear at, or zero: in the kernel's region.</summary>
    internal ulong InitialP2m;

    /// <summary>True when the kernel needs no mapping of its ramdisk: it is told the page.</summary>
    internal bool TakesRamdiskUnmapped;

    /// <summary>True when a note was there: it is a kernel made for this interface.</summary>
    internal bool IsForXen;

    /// <summary>Reads the notes of one segment. False when one runs past its end.</summary>
    internal bool Take(ReadOnlySpan<byte> notes)
    {
        ulong at = 0;
        for (int count = 0; count < MostNotes && at + (ulong)Layout.SizeOf<ElfNoteHeader>() <= (ulong)notes.Length; count++)
        {
            if (!Layout.TryRead(notes, at, out ElfNoteHeader header))
            {
                return false;
            }

            at += (ulong)Layout.SizeOf<ElfNoteHeader>();
            ulong value = at + Padded(header.NameBytes);
            if (value + header.ValueBytes > (ulong)notes.Length)
            {
                return false;
            }

            if (IsOurs(notes.Slice((int)at, (int)header.NameBytes)))
            {
                Take(header.Type, notes.Slice((int)value, (int)header.ValueBytes));
            }

            at = value + Padded(header.ValueBytes);
        }

        return true;
    }

    private static ulong Padded(uint bytes) => ((ulong)bytes + 3) & ~3UL;

    private static bool IsOurs(ReadOnlySpan<byte> name) => name.SequenceEqual("Xen\0"u8);

    private void Take(ElfNote type, ReadOnlySpan<byte> value)
    {
        switch (type)
        {
            case ElfNote.XenVersion:
                IsForXen = value.StartsWith("xen-3.0"u8);
                break;
            case ElfNote.Entry:
                Entry = NumberOf(value);
                break;
            case ElfNote.HypercallPage:
                HypercallPage = NumberOf(value);
                break;
            case ElfNote.VirtBase:
                VirtualBase = NumberOf(value);
                break;
            case ElfNote.PaddrOffset:
                PhysicalOffset = NumberOf(value);
                break;
            case ElfNote.InitP2m:
                InitialP2m = NumberOf(value);
                break;
            case ElfNote.ModStartPfn:
                TakesRamdiskUnmapped = NumberOf(value) != 0;
                break;
            default:
                break;
        }
    }

    // Numbers are 4 or 8 bytes, by the size of the value.
    private static ulong NumberOf(ReadOnlySpan<byte> value)
    {
        ByteFields fields = new(value);
        return fields.Has(0, sizeof(ulong)) ? fields.U64(0) : fields.U32(0);
    }
}
