using System;
using System.Buffers.Binary;

namespace Sharpen.Machine.Guest;

/// <summary>The header of an area of extended state, of which XRSTOR takes only some. Source: Intel SDM volume 1, section 13.4.2.</summary>
internal static class ExtendedHeader
{
    private const int Start = 512;
    private const int Bytes = 64;

    /// <summary>True for the standard form with no parts but these, and for an area that ends before it.</summary>
    internal static bool IsSound(ReadOnlySpan<byte> area, ulong parts)
    {
        if (area.Length < Start + Bytes)
        {
            return area.Length == 0;
        }

        ReadOnlySpan<byte> header = area.Slice(Start, Bytes);
        if ((BinaryPrimitives.ReadUInt64LittleEndian(header) & ~parts) != 0)
        {
            return false;
        }

        foreach (byte reserved in header.Slice(sizeof(ulong)))
        {
            if (reserved != 0)
            {
                return false;
            }
        }

        return true;
    }
}
