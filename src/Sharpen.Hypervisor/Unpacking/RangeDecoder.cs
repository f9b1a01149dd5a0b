using System;
using System.Runtime.CompilerServices;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// The range decoder of LZMA: bits out of fractions of bits. What lies beyond the input reads as zero: a caller who has input left over at
/// the end knows that none did. It and the input are kept in local variables where they are used, and its methods inlined, so that they lie in registers.
/// </summary>
internal struct RangeDecoder
{
    private const int ModelBits = 11;
    private const int MoveBits = 5;

    /// <summary>Certainty, less what makes the shift of a negative difference round as that of a positive one does: one instruction less.</summary>
    private const uint Rounded = (1 << ModelBits) - (1 << MoveBits) + 1;

    private const uint Top = 1 << 24;
    private const int HeaderBytes = 5;

    private uint _range;
    private uint _code;

    /// <summary>Takes the header off the input, and then its first bytes.</summary>
    internal static bool TryStart(ref ReadOnlySpan<byte> input, out RangeDecoder decoder)
    {
        decoder = default;
        if (input.Length < HeaderBytes || input[0] != 0)
        {
            return false;
        }

        decoder._range = uint.MaxValue;
        decoder._code = ((uint)input[1] << 24) | ((uint)input[2] << 16) | ((uint)input[3] << 8) | input[4];
        input = input.Slice(HeaderBytes);
        return true;
    }

    /// <summary>True when nothing is left over in the code, as it must be at the end.</summary>
    internal readonly bool IsEmpty => _code == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Normalize(ref ReadOnlySpan<byte> input)
    {
        unchecked
        {
            if (_range < Top)
            {
                _range <<= 8;
                _code <<= 8;
                if (!input.IsEmpty)
                {
                    _code |= input[0];
                    input = input.Slice(1);
                }
            }
        }
    }

    /// <summary>One bit, and what it teaches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsSet(ref ReadOnlySpan<byte> input, ref ushort slot)
    {
        unchecked
        {
            Normalize(ref input);
            uint probability = slot;
            uint bound = (_range >> ModelBits) * probability;
            if (_code < bound)
            {
                _range = bound;
                slot = (ushort)(probability - (uint)((int)(probability - Rounded) >> MoveBits));
                return false;
            }

            _range -= bound;
            _code -= bound;
            slot = (ushort)(probability - (probability >> MoveBits));
            return true;
        }
    }

    /// <summary>One step down a tree of probabilities: the node becomes its left or right child.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Descend(ref ReadOnlySpan<byte> input, ref ushort slot, ref uint node)
    {
        unchecked
        {
            Normalize(ref input);
            uint probability = slot;
            uint bound = (_range >> ModelBits) * probability;
            if (_code < bound)
            {
                _range = bound;
                slot = (ushort)(probability - (uint)((int)(probability - Rounded) >> MoveBits));
                node <<= 1;
            }
            else
            {
                _range -= bound;
                _code -= bound;
                slot = (ushort)(probability - (probability >> MoveBits));
                node = (node << 1) + 1;
            }
        }
    }

    /// <summary>Bits of equal chance, the highest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Direct(ref ReadOnlySpan<byte> input, int count)
    {
        unchecked
        {
            uint value = 0;
            for (; count > 0; count--)
            {
                Normalize(ref input);
                _range >>= 1;
                value <<= 1;
                if (_code >= _range)
                {
                    _code -= _range;
                    value++;
                }
            }

            return value;
        }
    }
}
