using System;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// A ramdisk as Linux takes it: archives one behind the other, the last perhaps packed. It is the kernel's affair, but a file that was
/// copied in part only is better named before the kernel stumbles over it.
/// </summary>
/// <remarks>Source: Linux, Documentation/driver-api/early-userspace/buffer-format.rst; "The .xz File Format", 2.1.2.</remarks>
internal static class RamdiskFile
{
    private const int HeadBytes = 110;
    private const int BytesAt = 54;
    private const int NameBytesAt = 94;
    private const int Digits = 8;
    private const int MostBytes = 1 << 30;
    private const int EndNameBytes = 11;         // TRAILER!!! and a zero

    /// <summary>True when an archive goes on behind the end, or ends without its mark. False also for what cannot be told.</summary>
    internal static bool IsCutShort(ReadOnlySpan<byte> file)
    {
        int at = 0;
        bool isOpen = false;                    // an archive began and has not ended
        while (at < file.Length)
        {
            ReadOnlySpan<byte> rest = file.Slice(at);
            if (!rest.StartsWith("07070"u8))
            {
                if (isOpen || rest[0] != 0)
                {
                    return isOpen ? rest.Length < HeadBytes || rest[0] != 0 : PackedFormats.Of(rest) == PackedFormat.Xz && !EndsLikeXz(rest);
                }

                at = at < file.Length - 4 ? (at & ~3) + 4 : file.Length;
                continue;
            }

            int bytes = Number(rest, BytesAt);
            int nameBytes = Number(rest, NameBytesAt);
            if (bytes < 0 || nameBytes < 0)
            {
                return rest.Length < HeadBytes;
            }

            int all = Rounded(HeadBytes + nameBytes) + bytes;
            if (all > rest.Length)
            {
                return true;
            }

            isOpen = nameBytes != EndNameBytes || !rest.Slice(HeadBytes).StartsWith("TRAILER!!!"u8);
            at += Math.Min(Rounded(all), rest.Length);
        }

        return isOpen;
    }

    private static int Rounded(int bytes) => (bytes + 3) & ~3;

    // Eight hexadecimal digits; -1 when they are none, or the number is beyond all sense.
    private static int Number(ReadOnlySpan<byte> head, int at)
    {
        if (!new ByteFields(head).Has(at, Digits))
        {
            return -1;
        }

        uint value = 0;
        foreach (byte digit in head.Slice(at, Digits))
        {
            int part = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0'
                : (digit | 0x20) is >= 'a' and <= 'f' ? (digit | 0x20) - 'a' + 10 : -1;
            if (part < 0)
            {
                return -1;
            }

            value = (value << 4) | (uint)part;
        }

        return value > MostBytes ? -1 : (int)value;
    }

    // The last bytes of a stream, behind which only zeros may be.
    private static bool EndsLikeXz(ReadOnlySpan<byte> file)
    {
        int end = file.Length;
        while (end > 0 && file[end - 1] == 0)
        {
            end--;
        }

        return end >= 2 && file[end - 2] == (byte)'Y' && file[end - 1] == (byte)'Z';
    }
}
