using System;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// The .xz container: a header, blocks, an index that repeats their sizes, a footer that repeats the header. Blocks are unpacked straight
/// into the destination, which serves as their dictionary, filtered there and checked there.
/// </summary>
/// <remarks>Source: "The .xz File Format", version 1.1.0. Filters: LZMA2, and x86 before it. Checks: none, CRC32, CRC64.</remarks>
internal static class Xz
{
    private const byte Crc32 = 1;
    private const byte Crc64 = 4;
    private const byte Index = 0;

    /// <summary>Unpacks one stream; zeros may follow it.</summary>
    /// <param name="packed">Begins with the container's magic.</param>
    /// <param name="destination">Where to; what lies behind the result may be overwritten.</param>
    /// <param name="length">Bytes of the result, also of an incomplete one.</param>
    /// <param name="fault">Why not.</param>
    internal static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> destination, out int length, out UnpackFault fault)
    {
        ref UnpackState state = ref Root.Of<UnpackState>();
        XzReader reader = new(packed);
        length = 0;
        fault = TakeHeader(ref state, ref reader, out byte check);
        XzTally tally = default;
        while (fault == UnpackFault.None && !reader.Rest.IsEmpty && reader.Rest[0] != Index)
        {
            fault = TakeBlock(ref state, ref reader, check, destination.Slice(length), ref tally, out int bytes);
            length += bytes;
        }

        uint indexWords = 0;
        fault = fault == UnpackFault.None ? TakeIndex(ref state, ref reader, in tally, out indexWords) : fault;
        fault = fault == UnpackFault.None ? TakeFooter(ref state, ref reader, check, indexWords) : fault;
        return fault == UnpackFault.None;
    }

    private static UnpackFault TakeHeader(ref UnpackState state, ref XzReader reader, out byte check)
    {
        reader.Skip(6);
        int start = reader.Position;
        byte zero = reader.TakeByte();
        check = reader.TakeByte();
        bool isIntact = state.Crc32.Of(reader.Since(start)) == reader.TakeWord();
        if (!reader.IsWhole || PackedFormats.Of(reader.Since(0)) != PackedFormat.Xz)
        {
            return UnpackFault.Truncated;
        }

        UnpackFault known = zero == 0 && (check is 0 or Crc32 or Crc64) ? UnpackFault.None : UnpackFault.Unsupported;
        return isIntact ? known : UnpackFault.BadCheck;
    }

    private static UnpackFault TakeBlock(
        ref UnpackState state, ref XzReader reader, byte check, Span<byte> destination, ref XzTally tally, out int length)
    {
        length = 0;
        int start = reader.Position;
        UnpackFault fault = XzBlock.Read(ref state.Crc32, ref reader, out XzBlock block);
        if (fault != UnpackFault.None)
        {
            return fault;
        }

        int first = reader.Position;
        fault = Lzma2.Unpack(ref state.Lzma, reader.Rest, destination, out int used, out length);
        if (fault != UnpackFault.None)
        {
            return fault;
        }

        if (!IsSame(block.Packed, used) || !IsSame(block.Unpacked, length))
        {
            return UnpackFault.BadLength;
        }

        Span<byte> unpacked = destination.Slice(0, length);
        if (block.IsFiltered)
        {
            X86Branches.Undo(unpacked, block.FilterStart);
        }

        reader.Skip(used);
        ulong bytes = (ulong)(uint)(reader.Position - start);
        reader.TakePadding(first);
        bool isIntact = check switch
        {
            Crc32 => state.Crc32.Of(unpacked) == reader.TakeWord(),
            Crc64 => state.Crc64.Of(unpacked) == reader.TakeLong(),
            _ => true,
        };
        tally.Add(bytes + (check == Crc32 ? 4u : check == Crc64 ? 8u : 0u), (ulong)(uint)length);
        return Verdict(in reader, isIntact);
    }

    private static UnpackFault TakeIndex(ref UnpackState state, ref XzReader reader, in XzTally tally, out uint words)
    {
        int start = reader.Position;
        reader.Skip(1);
        ulong count = reader.TakeVariable();
        XzTally told = default;
        while (told.Count < count && count == tally.Count && reader.IsWhole)
        {
            ulong packed = reader.TakeVariable();
            told.Add(packed, reader.TakeVariable());
        }

        reader.TakePadding(start);
        words = (uint)(reader.Position - start) / sizeof(uint);
        bool isIntact = state.Crc32.Of(reader.Since(start)) == reader.TakeWord();
        UnpackFault fault = Verdict(in reader, isIntact);
        return fault != UnpackFault.None || told.Equals(in tally) ? fault : UnpackFault.BadLength;
    }

    // The footer tells the index's size in words, its checksum included, less one: the same as without the checksum.
    private static UnpackFault TakeFooter(ref UnpackState state, ref XzReader reader, byte check, uint indexWords)
    {
        uint sum = reader.TakeWord();
        int start = reader.Position;
        bool isSame = reader.TakeWord() == indexWords;
        isSame &= reader.TakeByte() == 0;
        isSame &= reader.TakeByte() == check;
        bool isIntact = state.Crc32.Of(reader.Since(start)) == sum;
        isSame &= reader.TakeByte() == (byte)'Y';
        isSame &= reader.TakeByte() == (byte)'Z';
        UnpackFault fault = Verdict(in reader, isIntact);
        if (fault == UnpackFault.None && isSame)
        {
            return IsZero(reader.Rest) ? UnpackFault.None : UnpackFault.Trailing;
        }

        return fault == UnpackFault.None ? UnpackFault.BadHeader : fault;
    }

    private static UnpackFault Verdict(in XzReader reader, bool isIntact)
    {
        if (!reader.IsWhole)
        {
            return UnpackFault.Truncated;
        }

        UnpackFault fault = reader.IsSane ? UnpackFault.None : UnpackFault.BadHeader;
        return isIntact ? fault : UnpackFault.BadCheck;
    }

    private static bool IsSame(ulong told, int found) => told == ulong.MaxValue || told == (ulong)(uint)found;

    private static bool IsZero(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value != 0)
            {
                return false;
            }
        }

        return true;
    }
}
