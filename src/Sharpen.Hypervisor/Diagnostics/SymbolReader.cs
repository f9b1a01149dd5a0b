using System;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>Reads LEB128 numbers; past the end everything is zero.</summary>
internal ref struct SymbolReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private uint _position;

    /// <summary>Starts at a byte offset, which may lie outside.</summary>
    public SymbolReader(ReadOnlySpan<byte> bytes, uint position)
    {
        _bytes = bytes;
        _position = position;
    }

    /// <summary>True when nothing is left.</summary>
    public readonly bool IsAtEnd => _position >= (uint)_bytes.Length;

    /// <summary>The next number; of one that is too long, the low 32 bits.</summary>
    public uint Next()
    {
        uint value = 0;
        for (int shift = 0; shift < 32 && !IsAtEnd; shift += 7)
        {
            byte part = _bytes[(int)_position++];
            value |= (uint)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                break;
            }
        }

        return value;
    }
}
