using System;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The first half of a packed block of zstd: its literals, into a buffer. Source: RFC 8878, 3.1.1.3.1.</summary>
internal static class ZstdBlock
{
    /// <summary>The most bytes that a block unpacks to.</summary>
    internal const int MostBytes = 128 << 10;

    private const int Plain = 0;
    private const int Repeated = 1;
    private const int Packed = 2;
    private const int JumpBytes = 6;

    /// <summary>Unpacks a block. False: it makes no sense.</summary>
    /// <param name="model">What earlier blocks of the frame left.</param>
    /// <param name="block">The block.</param>
    /// <param name="buffer">Room for literals: <see cref="MostBytes"/>.</param>
    /// <param name="window">The frame's bytes so far, and room for this block's, at most <see cref="MostBytes"/>.</param>
    /// <param name="position">Where they begin; where they ended.</param>
    internal static bool Unpack(ref ZstdModel model, ReadOnlySpan<byte> block, Span<byte> buffer, Span<byte> window, ref int position) =>
        TakeLiterals(ref model, block, buffer, out int used, out int literals)
        && ZstdSequences.Unpack(ref model, block.Slice(used), buffer.Slice(0, literals), window, ref position);

    private static bool TakeLiterals(ref ZstdModel model, ReadOnlySpan<byte> block, Span<byte> buffer, out int used, out int literals)
    {
        int kind = block.IsEmpty ? Plain : block[0] & 3;
        return kind < Packed ? TakePlain(block, kind, buffer, out used, out literals) : TakePacked(ref model, block, kind, buffer, out used, out literals);
    }

    private static bool TakePlain(ReadOnlySpan<byte> block, int kind, Span<byte> buffer, out int used, out int literals)
    {
        ByteFields fields = new(block);
        int size = (fields.U8(0) >> 2) & 3;
        int header = (size & 1) == 0 ? 1 : size == 1 ? 2 : 3;
        uint head = fields.U8(0) | ((uint)fields.U8(1) << 8) | ((uint)fields.U8(2) << 16);
        literals = (int)((size & 1) == 0 ? (head & 0xff) >> 3 : size == 1 ? (head & 0xffff) >> 4 : head >> 4);
        int bytes = kind == Repeated ? 1 : literals;
        used = header + bytes;
        if (literals > buffer.Length || !fields.Has(header, bytes))
        {
            return false;
        }

        if (kind == Repeated)
        {
            buffer.Slice(0, literals).Fill(block[header]);
        }
        else
        {
            block.Slice(header, bytes).CopyTo(buffer);
        }

        return true;
    }

    private static bool TakePacked(ref ZstdModel model, ReadOnlySpan<byte> block, int kind, Span<byte> buffer, out int used, out int literals)
    {
        ByteFields fields = new(block);
        int size = (fields.U8(0) >> 2) & 3;
        int header = Math.Max(size, 1) + 2;
        int width = size < 2 ? 10 : size == 2 ? 14 : 18;
        ulong head = (fields.U8(0) | ((ulong)fields.U8(1) << 8) | ((ulong)fields.U8(2) << 16) | ((ulong)fields.U8(3) << 24) | ((ulong)fields.U8(4) << 32)) >> 4;
        literals = (int)(head & ((1UL << width) - 1));
        int bytes = (int)((head >> width) & ((1UL << width) - 1));
        used = header + bytes;
        if (literals > buffer.Length || !fields.Has(header, bytes))
        {
            return false;
        }

        ReadOnlySpan<byte> streams = block.Slice(header, bytes);
        int description = 0;
        if ((kind == Packed && !model.Literals.Read(streams, out description)) || !model.Literals.Exists)
        {
            return false;
        }

        streams = streams.Slice(description);
        return size == 0 ? model.Literals.Decode(streams, buffer.Slice(0, literals)) : DecodeFour(ref model.Literals, streams, buffer.Slice(0, literals));
    }

    // Three lengths, then four streams for a quarter each; the last may be shorter.
    private static bool DecodeFour(ref ZstdHuffman code, ReadOnlySpan<byte> streams, Span<byte> literals)
    {
        ByteFields fields = new(streams);
        if (streams.Length < JumpBytes)
        {
            return false;
        }

        int part = (literals.Length + 3) / 4;
        int at = JumpBytes;
        for (int stream = 0; stream < 3; stream++)
        {
            int bytes = fields.U16(2 * stream);
            if (!fields.Has(at, bytes) || part > literals.Length || !code.Decode(streams.Slice(at, bytes), literals.Slice(0, part)))
            {
                return false;
            }

            at += bytes;
            literals = literals.Slice(part);
        }

        return code.Decode(streams.Slice(at), literals);
    }
}
