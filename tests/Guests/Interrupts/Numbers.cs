using System;

namespace Sharpen.Guest;

/// <summary>Numbers of a text, one after the other: lists of numbers need no storage then.</summary>
internal ref struct Numbers
{
    private ReadOnlySpan<byte> _rest;

    internal Numbers(ReadOnlySpan<byte> text) => _rest = text;

    /// <summary>The next one; false at the end.</summary>
    internal bool Next(out int number)
    {
        number = 0;
        if (_rest.Length == 0)
        {
            return false;
        }

        bool isNegative = _rest[0] == (byte)'-';
        int at = isNegative ? 1 : 0;
        for (; at < _rest.Length && _rest[at] != (byte)' '; at++)
        {
            number = (number * 10) + (_rest[at] - (byte)'0');
        }

        number = isNegative ? -number : number;
        _rest = at < _rest.Length ? _rest.Slice(at + 1) : default;
        return true;
    }
}
