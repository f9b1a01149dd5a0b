using System;
using System.Diagnostics.CodeAnalysis;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Console;

/// <summary>One line of ASCII text under construction, on the stack. What does not fit is cut off and marked with dots.</summary>
public struct TextLine
{
    /// <summary>The most bytes of a line.</summary>
    public const int Capacity = Fixed256<byte>.Length;

    private Fixed256<byte> _bytes;
    private int _length;
    private bool _isCut;

    /// <summary>What has been appended so far.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => _bytes.ReadOnly.Slice(0, _length);

    /// <summary>True when something did not fit.</summary>
    public readonly bool IsCut => _isCut;

    /// <summary>Forgets the text.</summary>
    public void Clear()
    {
        _length = 0;
        _isCut = false;
    }

    /// <summary>Appends one byte as it is.</summary>
    public void Append(byte value)
    {
        if (_length < Capacity)
        {
            _bytes[_length++] = value;
        }
        else
        {
            Cut();
        }
    }

    /// <summary>Appends a literal; characters beyond ASCII become question marks.</summary>
    public void Append(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            Append(c <= '~' ? (byte)c : (byte)'?');
        }
    }

    /// <summary>Appends bytes of unknown origin: what is not printable ASCII becomes a question mark.</summary>
    public void Append(scoped ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            Append(value is >= (byte)' ' and <= (byte)'~' ? value : (byte)'?');
        }
    }

    /// <summary>Appends a number in decimal, at least so wide.</summary>
    public void AppendDecimal(ulong value, int width = 0, byte fill = (byte)' ')
    {
        int digits = 1;
        for (ulong rest = value / 10; rest != 0; rest /= 10)
        {
            digits++;
        }

        for (int i = digits; i < width; i++)
        {
            Append(fill);
        }

        ulong divisor = 1;
        for (int i = 1; i < digits; i++)
        {
            divisor *= 10;
        }

        for (; divisor != 0; divisor /= 10)
        {
            Append((byte)('0' + (int)(value / divisor % 10)));
        }
    }

    /// <summary>Appends a signed number in decimal.</summary>
    public void AppendSigned(long value)
    {
        if (value < 0)
        {
            Append((byte)'-');
        }

        AppendDecimal(unchecked(value < 0 ? 0UL - (ulong)value : (ulong)value));
    }

    /// <summary>Appends a number in hexadecimal, zero-padded to so many digits, without a prefix.</summary>
    public void AppendHex(ulong value, int width = 1)
    {
        int digits = width < 1 ? 1 : Math.Min(width, 16);
        while (digits < 16 && value >> (4 * digits) != 0)
        {
            digits++;
        }

        for (int i = digits - 1; i >= 0; i--)
        {
            int digit = (int)((value >> (4 * i)) & 15);
            Append((byte)(digit < 10 ? '0' + digit : 'a' + digit - 10));
        }
    }

    /// <summary>Appends blanks up to a column; nothing when the line is there already.</summary>
    public void PadTo(int column)
    {
        while (_length < column && _length < Capacity)
        {
            Append((byte)' ');
        }
    }

    private void Cut()
    {
        _isCut = true;
        for (int i = Capacity - 3; i < Capacity; i++)
        {
            _bytes[i] = (byte)'.';
        }
    }
}
