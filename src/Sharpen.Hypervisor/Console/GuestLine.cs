using System;
using System.Diagnostics.CodeAnalysis;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Console;

/// <summary>What a domain has written to the console since its last line feed, and how fast it writes. Part of the domain; zero is empty.</summary>
public struct GuestLine
{
    /// <summary>The most bytes of a line; a longer one is broken.</summary>
    public const int Capacity = Fixed128<byte>.Length;

    private Fixed128<byte> _bytes;
    private int _length;

    /// <summary>The limit on this domain's lines.</summary>
    internal RateLimit Limit;

    /// <summary>The bytes so far.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => _bytes.ReadOnly.Slice(0, _length);

    /// <summary>Takes one byte; true when the line is complete and should be written and cleared.</summary>
    /// <remarks>Control characters vanish, a tab becomes a blank, what is not ASCII a question mark: a guest cannot steer a terminal.</remarks>
    internal bool Take(byte value)
    {
        if (value == (byte)'\n')
        {
            return true;
        }

        byte shown = value == (byte)'\t' ? (byte)' ' : value < (byte)0x7f ? value : (byte)'?';
        if (shown >= (byte)' ')
        {
            _bytes[_length++] = shown;
        }

        return _length == Capacity;
    }

    /// <summary>Begins a new line.</summary>
    internal void Clear() => _length = 0;
}
