using System;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The zstd container: frames of blocks, straight into the destination, which is also the window, and a checksum of each frame.</summary>
/// <remarks>Source: RFC 8878, 3.1. Dictionaries are not known here.</remarks>
internal static class Zstd
{
    private const uint Magic = 0xfd2fb528;
    private const uint SkippedMagic = 0x184d2a50;
    private const uint SkippedMask = 0xfffffff0;
    private const int FixedHead = 5;
    private const int BlockHead = 3;
    private const byte IsSingle = 0x20;
    private const byte Reserved = 0x08;
    private const byte HasCheck = 0x04;
    private const byte DictionaryMask = 3;

    /// <summary>What the first frame says its length is; false when it does not.</summary>
    internal static bool TryDeclaredLength(ReadOnlySpan<byte> packed, out ulong length)
    {
        ByteFields fields = new(packed);
        byte flags = fields.U8(4);
        int at = FixedHead + ((flags & IsSingle) == 0 ? 1 : 0) + DictionaryBytes(flags);
        int bytes = LengthBytes(flags);
        length = bytes switch
        {
            1 => fields.U8(at),
            2 => fields.U16(at) + 256UL,
            4 => fields.U32(at),
            8 => fields.U64(at),
            _ => 0,
        };
        return bytes != 0 && fields.Has(at, bytes);
    }

    /// <summary>Unpacks all frames; nothing else may follow them.</summary>
    /// <param name="packed">Begins with the container's magic.</param>
    /// <param name="destination">Where to; what lies behind the result may be overwritten.</param>
    /// <param name="length">Bytes of the result, also of an incomplete one.</param>
    /// <param name="fault">Why not.</param>
    internal static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> destination, out int length, out UnpackFault fault)
    {
        length = 0;
        fault = UnpackFault.NoMemory;
        if (!HostBuffer.Allocate(ZstdBlock.MostBytes, out HostBuffer literals).Try(out _))
        {
            return false;
        }

        ref ZstdModel model = ref Root.Of<UnpackState>().Zstd;
        fault = packed.IsEmpty ? UnpackFault.Truncated : UnpackFault.None;
        while (fault == UnpackFault.None && !packed.IsEmpty)
        {
            fault = SkipFrame(ref packed) ? UnpackFault.None : UnpackFrame(ref model, ref packed, literals.Bytes, destination, ref length);
        }

        literals.Dispose();
        return fault == UnpackFault.None;
    }

    private static bool SkipFrame(ref ReadOnlySpan<byte> packed)
    {
        ByteFields fields = new(packed);
        bool isSkipped = (fields.U32(0) & SkippedMask) == SkippedMagic && fields.Has(0, 8) && fields.U32(4) <= (uint)(fields.Length - 8);
        packed = isSkipped ? packed.Slice(8 + (int)fields.U32(4)) : packed;
        return isSkipped;
    }

    private static UnpackFault UnpackFrame(
        ref ZstdModel model, ref ReadOnlySpan<byte> packed, Span<byte> literals, Span<byte> destination, ref int length)
    {
        ByteFields fields = new(packed);
        byte flags = fields.U8(4);
        int header = FixedHead + ((flags & IsSingle) == 0 ? 1 : 0) + DictionaryBytes(flags) + LengthBytes(flags);
        if (fields.U32(0) != Magic)
        {
            return fields.Length < sizeof(uint) ? UnpackFault.Truncated : UnpackFault.Trailing;
        }

        if (!fields.Has(0, header))
        {
            return UnpackFault.Truncated;
        }

        if ((flags & Reserved) != 0 || DictionaryBytes(flags) != 0)
        {
            return UnpackFault.Unsupported;
        }

        bool isTold = TryDeclaredLength(packed, out ulong told);
        packed = packed.Slice(header);
        model.Reset();
        Span<byte> window = destination.Slice(length);
        int position = 0;
        UnpackFault fault = UnpackBlocks(ref model, ref packed, literals, window, ref position);
        length += position;
        if (fault != UnpackFault.None || (flags & HasCheck) == 0)
        {
            return fault != UnpackFault.None || !isTold || told == (ulong)(uint)position ? fault : UnpackFault.BadLength;
        }

        if (packed.Length < sizeof(uint))
        {
            return UnpackFault.Truncated;
        }

        bool isIntact = new ByteFields(packed).U32(0) == (uint)(XxHash64.Of(window.Slice(0, position)) & uint.MaxValue);
        packed = packed.Slice(sizeof(uint));
        return !isIntact ? UnpackFault.BadCheck : !isTold || told == (ulong)(uint)position ? UnpackFault.None : UnpackFault.BadLength;
    }

    // A block's head: one bit for the last, two for its kind, its size in the rest of three bytes.
    private static UnpackFault UnpackBlocks(
        ref ZstdModel model, ref ReadOnlySpan<byte> packed, Span<byte> literals, Span<byte> window, ref int position)
    {
        bool isLast = false;
        while (!isLast)
        {
            ByteFields fields = new(packed);
            if (fields.Length < BlockHead)
            {
                return UnpackFault.Truncated;
            }

            isLast = (fields.U8(0) & 1) != 0;
            int kind = (fields.U8(0) >> 1) & 3;
            int size = (fields.U8(0) >> 3) | (fields.U8(1) << 5) | (fields.U8(2) << 13);
            int bytes = kind == 1 ? 1 : size;
            if (size > ZstdBlock.MostBytes || kind == 3)
            {
                return UnpackFault.BadData;
            }

            if (!fields.Has(BlockHead, bytes))
            {
                return UnpackFault.Truncated;
            }

            if (kind != 2 && size > window.Length - position)
            {
                return UnpackFault.TooLong;
            }

            if (!UnpackBlock(ref model, kind, size, packed.Slice(BlockHead, bytes), literals, window, ref position))
            {
                return UnpackFault.BadData;
            }

            packed = packed.Slice(BlockHead + bytes);
        }

        return UnpackFault.None;
    }

    private static bool UnpackBlock(
        ref ZstdModel model, int kind, int size, ReadOnlySpan<byte> block, Span<byte> literals, Span<byte> window, ref int position)
    {
        if (kind == 2)
        {
            int most = Math.Min(position + ZstdBlock.MostBytes, window.Length);
            return ZstdBlock.Unpack(ref model, block, literals, window.Slice(0, most), ref position);
        }

        Span<byte> to = window.Slice(position, size);
        if (kind == 1)
        {
            to.Fill(block[0]);
        }
        else
        {
            block.CopyTo(to);
        }

        position += size;
        return true;
    }

    private static int DictionaryBytes(byte flags) => (flags & DictionaryMask) == 3 ? 4 : flags & DictionaryMask;

    private static int LengthBytes(byte flags) => (flags >> 6) switch
    {
        0 => (flags & IsSingle) != 0 ? 1 : 0,
        1 => 2,
        2 => 4,
        _ => 8,
    };
}
