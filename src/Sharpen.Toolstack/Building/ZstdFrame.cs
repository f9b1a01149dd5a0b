using System;

namespace Sharpen.Toolstack.Building;

/// <summary>Where a Zstandard frame ends, as its heads say. Source: RFC 8878, 3.1.1.</summary>
internal static class ZstdFrame
{
    private const int MagicBytes = 4;
    private const int BlockHeadBytes = 3;
    private const int RunBlock = 1;

    /// <summary>Bytes of the frame at the start of <paramref name="packed"/>; all of them when they end before it does.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> packed)
    {
        int at = HeadBytes(packed, out bool hasChecksum);
        while (packed.Length - at >= BlockHeadBytes)
        {
            int head = packed[at] | (packed[at + 1] << 8) | (packed[at + 2] << 16);
            bool isLast = (head & 1) != 0;
            // A block of one byte again and again has only that one.
            int bytes = ((head >> 1) & 3) == RunBlock ? 1 : head >> 3;
            at += BlockHeadBytes;
            if (bytes > packed.Length - at)
            {
                break;
            }

            at += bytes;
            if (isLast)
            {
                return Math.Min(packed.Length, at + (hasChecksum ? sizeof(uint) : 0));
            }
        }

        return packed.Length;
    }

    // Magic, what the head has, the window unless the frame is one segment, the dictionary's id, the size.
    private static int HeadBytes(ReadOnlySpan<byte> packed, out bool hasChecksum)
    {
        int descriptor = packed.Length > MagicBytes ? packed[MagicBytes] : 0;
        bool isOneSegment = (descriptor & 0x20) != 0;
        hasChecksum = (descriptor & 4) != 0;
        int dictionaryBytes = (descriptor & 3) == 3 ? 4 : descriptor & 3;
        int sizeBytes = (descriptor >> 6) == 0 ? (isOneSegment ? 1 : 0) : 1 << (descriptor >> 6);
        return MagicBytes + 1 + (isOneSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
    }
}
