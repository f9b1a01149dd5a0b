using System;
using Sharpen.Machine.Collections;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The gzip container: a header with optional parts, deflate, a checksum and a length. Source: RFC 1952.</summary>
internal static class Gzip
{
    private const int HeaderBytes = 10;
    private const int TrailerBytes = 8;
    private const byte Deflate = 8;
    private const byte HasCheck = 2;
    private const byte HasExtra = 4;
    private const byte HasName = 8;
    private const byte HasComment = 16;
    private const byte Reserved = 0xe0;

    /// <summary>What the trailer says the length is, modulo 2^32.</summary>
    internal static uint DeclaredLength(ReadOnlySpan<byte> packed) => new ByteFields(packed).U32(packed.Length - sizeof(uint));

    /// <summary>Unpacks one member; nothing may follow it.</summary>
    /// <param name="packed">Begins with the container's magic.</param>
    /// <param name="destination">Where to; what lies behind the result may be overwritten.</param>
    /// <param name="length">Bytes of the result, also of an incomplete one.</param>
    /// <param name="fault">Why not.</param>
    internal static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> destination, out int length, out UnpackFault fault)
    {
        ref UnpackState state = ref Root.Of<UnpackState>();
        length = 0;
        fault = SkipHeader(packed, out int start);
        if (fault != UnpackFault.None)
        {
            return false;
        }

        fault = Inflate.Unpack(ref state, packed.Slice(start), destination, out int used, out length);
        if (fault != UnpackFault.None)
        {
            return false;
        }

        ByteFields trailer = new(packed.Slice(start + used));
        if (trailer.Length < TrailerBytes)
        {
            fault = UnpackFault.Truncated;
        }
        else if (state.Crc32.Of(destination.Slice(0, length)) != trailer.U32(0))
        {
            fault = UnpackFault.BadCheck;
        }
        else if (trailer.U32(4) != (uint)length)
        {
            fault = UnpackFault.BadLength;
        }
        else
        {
            fault = trailer.Length > TrailerBytes ? UnpackFault.Trailing : UnpackFault.None;
        }

        return fault == UnpackFault.None;
    }

    private static UnpackFault SkipHeader(ReadOnlySpan<byte> packed, out int start)
    {
        ByteFields fields = new(packed);
        byte flags = fields.U8(3);
        start = HeaderBytes;
        if (fields.Length < HeaderBytes)
        {
            return UnpackFault.Truncated;
        }

        if (fields.U8(2) != Deflate || (flags & Reserved) != 0)
        {
            return UnpackFault.Unsupported;
        }

        start += (flags & HasExtra) != 0 ? 2 + fields.U16(start) : 0;
        start = (flags & HasName) != 0 ? AfterText(packed, start) : start;
        start = (flags & HasComment) != 0 ? AfterText(packed, start) : start;
        start += (flags & HasCheck) != 0 ? 2 : 0;
        return start > packed.Length ? UnpackFault.Truncated : UnpackFault.None;
    }

    private static int AfterText(ReadOnlySpan<byte> packed, int start)
    {
        int end = start > packed.Length ? -1 : packed.Slice(start).IndexOf((byte)0);
        return end < 0 ? packed.Length + 1 : start + end + 1;
    }
}
