using System.Runtime.CompilerServices;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// The range decoder of LZMA: bits out of fractions of bits. Its input is as long as a chunk can be, so that no byte that it takes needs a
/// comparison; a caller sees at the end whether it took more than there were. It is kept in a local variable where it is used, and its
/// methods inlined, so that it lies in registers.
/// </summary>
internal struct RangeDecoder
{
    private const int ModelBits = 11;
    private const uint Top = 1 << 24;
    private const uint HeaderBytes = 5;

    private uint _range;
    private uint _code;
    private uint _position;

    /// <summary>Begins with the header and the first bytes.</summary>
    internal static bool TryStart(ref LzmaModel model, out RangeDecoder decoder)
    {
        decoder._range = uint.MaxValue;
        decoder._code = ((uint)model.Input.Wrapped(1) << 24) | ((uint)model.Input.Wrapped(2) << 16) | ((uint)model.Input.Wrapped(3) << 8) | model.Input.Wrapped(4);
        decoder._position = HeaderBytes;
        return model.Input.Wrapped(0) == 0;
    }

    /// <summary>True when nothing is left over in the code, and exactly so many bytes were taken, as it must be at the end.</summary>
    internal readonly bool IsDone(int bytes) => _code == 0 && _position == (uint)bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Normalize(ref LzmaModel model)
    {
        unchecked
        {
            if (_range < Top)
            {
                uint next = model.Input.Wrapped(_position);
                _position++;
                _range <<= 8;
                _code = (_code << 8) | next;
            }
        }
    }

    /// <summary>One bit, and what it teaches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsSet(ref LzmaModel model, ref ushort slot)
    {
        unchecked
        {
            Normalize(ref model);
            nint probability = slot;
            uint bound = (_range >> ModelBits) * (uint)probability;
            if (_code < bound)
            {
                _range = bound;
                slot = model.AfterZero.Wrapped(probability);
                return false;
            }

            _range -= bound;
            _code -= bound;
            slot = model.AfterOne.Wrapped(probability);
            return true;
        }
    }

    /// <summary>One step down a tree of probabilities: the node becomes its left or right child.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Descend(ref LzmaModel model, ref Fixed256<ushort> tree, ref uint node)
    {
        unchecked
        {
            ByteIndex index = new(node);
            Normalize(ref model);
            nint probability = tree.At(index);
            uint bound = (_range >> ModelBits) * (uint)probability;
            if (_code < bound)
            {
                _range = bound;
                tree.At(index) = model.AfterZero.Wrapped(probability);
                node <<= 1;
            }
            else
            {
                _range -= bound;
                _code -= bound;
                tree.At(index) = model.AfterOne.Wrapped(probability);
                node = (node << 1) + 1;
            }
        }
    }

    /// <summary>The same; true when the step was not the expected one: to the right, if <paramref name="expected"/> is not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Strays(ref LzmaModel model, ref ushort slot, uint expected, ref uint node)
    {
        unchecked
        {
            Normalize(ref model);
            nint probability = slot;
            uint bound = (_range >> ModelBits) * (uint)probability;
            if (_code < bound)
            {
                _range = bound;
                slot = model.AfterZero.Wrapped(probability);
                node <<= 1;
                return expected != 0;
            }

            _range -= bound;
            _code -= bound;
            slot = model.AfterOne.Wrapped(probability);
            node = (node << 1) + 1;
            return expected == 0;
        }
    }

    /// <summary>Bits of equal chance, the highest first; at least one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Direct(ref LzmaModel model, uint count)
    {
        unchecked
        {
            uint value = 0;
            do
            {
                Normalize(ref model);
                _range >>= 1;
                value <<= 1;
                if (_code >= _range)
                {
                    _code -= _range;
                    value++;
                }
            }
            while (--count != 0);
            return value;
        }
    }
}
