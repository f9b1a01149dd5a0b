using System;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// The range decoder of LZMA: bits out of fractions of bits. What lies beyond the input reads as zero; <see cref="IsAtEnd"/> tells
/// afterwards. It is kept in a local variable where it is used, and its methods inlined, so that it lies in registers.
/// </summary>
internal ref struct RangeDecoder
{
    private const int ModelBits = 11;
    private const int MoveBits = 5;

    /// <summary>Certainty, less what makes the shift of a negative difference round as that of a positive one does: one instruction less.</summary>
    private const uint Rounded = (1 << ModelBits) - (1 << MoveBits) + 1;

    private const uint Top = 1 << 24;
    private const int HeaderBytes = 5;

    private readonly ReadOnlySpan<byte> _input;
    private int _next;
    private uint _range;
    private uint _code;

    private RangeDecoder(ReadOnlySpan<byte> input, uint code)
    {
        _input = input;
        _next = HeaderBytes;
        _range = uint.MaxValue;
        _code = code;
    }

    /// <summary>True when exactly the input was used, and nothing is left over in the code.</summary>
    internal readonly bool IsAtEnd => _next == _input.Length && _code == 0;

    /// <summary>True when more than the input was used.</summary>
    internal readonly bool IsBeyond => _next > _input.Length;

    internal static bool TryStart(ReadOnlySpan<byte> input, out RangeDecoder decoder)
    {
        decoder = default;
        if (input.Length < HeaderBytes || input[0] != 0)
        {
            return false;
        }

        decoder = new RangeDecoder(input, ((uint)input[1] << 24) | ((uint)input[2] << 16) | ((uint)input[3] << 8) | input[4]);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Normalize()
    {
        unchecked
        {
            if (_range < Top)
            {
                _range <<= 8;
                _code <<= 8;
                if ((uint)_next < (uint)_input.Length)
                {
                    _code |= _input[_next];
                }

                _next++;
            }
        }
    }

    /// <summary>One bit, and what it teaches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsSet(ref Fixed16384<ushort> probabilities, uint index)
    {
        unchecked
        {
            Normalize();
            ref ushort slot = ref probabilities[(int)(index & LzmaModel.Mask)];
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
    internal void Descend(ref Fixed16384<ushort> probabilities, uint tree, ref uint node)
    {
        unchecked
        {
            Normalize();
            ref ushort slot = ref probabilities[(int)((tree + node) & LzmaModel.Mask)];
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
    internal uint Direct(int count)
    {
        unchecked
        {
            uint value = 0;
            for (; count > 0; count--)
            {
                Normalize();
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
