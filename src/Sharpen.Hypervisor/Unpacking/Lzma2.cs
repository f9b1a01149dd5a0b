using System;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>LZMA2: chunks of LZMA and of plain bytes, each with its sizes and what it resets. Source: the .xz format's description.</summary>
internal static class Lzma2
{
    private const byte End = 0;
    private const byte PlainWithReset = 1;
    private const byte Plain = 2;
    private const byte Packed = 0x80;
    private const byte ResetsState = 0xa0;
    private const byte HasProperties = 0xc0;
    private const byte ResetsAll = 0xe0;

    /// <summary>Unpacks up to the end mark.</summary>
    /// <param name="model">Any; it is reset by the first chunks, or the data is refused.</param>
    /// <param name="packed">Begins with the first chunk; what follows the end mark is not looked at.</param>
    /// <param name="destination">Takes exactly the data, from its start.</param>
    /// <param name="used">Bytes of the input, end mark included.</param>
    /// <param name="length">Bytes of the output.</param>
    internal static UnpackFault Unpack(ref LzmaModel model, ReadOnlySpan<byte> packed, Span<byte> destination, out int used, out int length)
    {
        used = 0;
        length = 0;
        int dictionary = -1;                // where it begins; none yet
        bool needsProperties = true;
        while (used < packed.Length)
        {
            byte control = packed[used++];
            if (control == End)
            {
                return UnpackFault.None;
            }

            dictionary = control is PlainWithReset or >= ResetsAll ? length : dictionary;
            if (dictionary < 0 || control is > Plain and < Packed || (needsProperties && control is >= Packed and < HasProperties))
            {
                return UnpackFault.BadData;
            }

            needsProperties = control is PlainWithReset || (needsProperties && control < HasProperties);
            UnpackFault fault = control < Packed
                ? Copy(packed, ref used, destination, ref length)
                : Decode(ref model, control, packed, ref used, destination.Slice(dictionary), length - dictionary, out length);
            length += control < Packed ? 0 : dictionary;
            if (fault != UnpackFault.None)
            {
                return fault;
            }
        }

        return UnpackFault.Truncated;
    }

    private static UnpackFault Copy(ReadOnlySpan<byte> packed, ref int used, Span<byte> destination, ref int length)
    {
        if (packed.Length - used < 2)
        {
            return UnpackFault.Truncated;
        }

        int bytes = ((packed[used] << 8) | packed[used + 1]) + 1;
        used += 2;
        if (bytes > packed.Length - used)
        {
            return UnpackFault.Truncated;
        }

        if (bytes > destination.Length - length)
        {
            return UnpackFault.TooLong;
        }

        packed.Slice(used, bytes).CopyTo(destination.Slice(length));
        used += bytes;
        length += bytes;
        return UnpackFault.None;
    }

    private static UnpackFault Decode(
        ref LzmaModel model, byte control, ReadOnlySpan<byte> packed, ref int used, Span<byte> window, int position, out int end)
    {
        end = position;
        int header = control >= HasProperties ? 5 : 4;
        if (packed.Length - used < header)
        {
            return UnpackFault.Truncated;
        }

        int bytes = (((control & 0x1f) << 16) | (packed[used] << 8) | packed[used + 1]) + 1;
        int input = ((packed[used + 2] << 8) | packed[used + 3]) + 1;
        if (control >= HasProperties && !model.Configure(packed[used + 4]))
        {
            return UnpackFault.BadData;
        }

        used += header;
        if (control is >= ResetsState and < HasProperties)
        {
            model.Reset();
        }

        // The end mark, at least, follows.
        if (input >= packed.Length - used)
        {
            return UnpackFault.Truncated;
        }

        if (bytes > window.Length - position)
        {
            return UnpackFault.TooLong;
        }

        packed.Slice(used, input).CopyTo(model.Input.Span);
        if (!LzmaDecoder.Decode(ref model, input, window.Slice(0, position + bytes), position))
        {
            return UnpackFault.BadData;
        }

        used += input;
        end = position + bytes;
        return UnpackFault.None;
    }
}
