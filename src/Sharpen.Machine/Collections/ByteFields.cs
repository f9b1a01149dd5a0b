using System;

namespace Sharpen.Machine.Collections;

/// <summary>
/// Little-endian fields of bytes that somebody else wrote: firmware, a boot loader, a guest's image. A field that lies outside, even in
/// part, reads as zero, so a parser checks lengths where they matter and cannot be led astray where it forgot.
/// </summary>
public readonly ref struct ByteFields
{
    /// <summary>A view of the bytes.</summary>
    public ByteFields(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>How many bytes there are.</summary>
    public int Length => Bytes.Length;

    /// <summary>True when so many bytes lie at the offset.</summary>
    public bool Has(int offset, int bytes) => offset >= 0 && bytes >= 0 && offset <= Bytes.Length && bytes <= Bytes.Length - offset;

    /// <summary>The byte at an offset.</summary>
    public byte U8(int offset) => Has(offset, 1) ? Bytes[offset] : (byte)0;

    /// <summary>The 16 bits at an offset.</summary>
    public ushort U16(int offset) => Has(offset, 2) ? (ushort)(Bytes[offset] | (Bytes[offset + 1] << 8)) : (ushort)0;

    /// <summary>The 32 bits at an offset.</summary>
    public uint U32(int offset) =>
        Has(offset, 4) ? Bytes[offset] | ((uint)Bytes[offset + 1] << 8) | ((uint)Bytes[offset + 2] << 16) | ((uint)Bytes[offset + 3] << 24) : 0;

    /// <summary>The 64 bits at an offset.</summary>
    public ulong U64(int offset) => Has(offset, 8) ? U32(offset) | ((ulong)U32(offset + 4) << 32) : 0;

    /// <summary>The part from an offset on, so many bytes of it; what lies outside is cut off.</summary>
    public ByteFields Part(int offset, int bytes)
    {
        if (offset < 0 || offset >= Bytes.Length || bytes <= 0)
        {
            return default;
        }

        return new ByteFields(Bytes.Slice(offset, Math.Min(bytes, Bytes.Length - offset)));
    }

    /// <summary>The part from an offset on.</summary>
    public ByteFields From(int offset) => Part(offset, int.MaxValue);
}
