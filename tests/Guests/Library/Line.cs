using System;

namespace Sharpen.Guest;

/// <summary>A line of console output in the making: text and numbers, then out with it.</summary>
internal unsafe struct Line
{
    private const int Capacity = 128;

    private fixed byte _bytes[Capacity];
    private int _length;

    /// <summary>A new line that begins with a text.</summary>
    internal static Line Of(ReadOnlySpan<byte> text)
    {
        Line line = default;
        return line.Text(text);
    }

    /// <summary>Appends text.</summary>
    internal Line Text(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Append(text[i]);
        }

        return this;
    }

    /// <summary>Appends a number in decimal.</summary>
    internal Line Number(ulong value)
    {
        ulong weight = 1;
        while (value / weight >= 10)
        {
            weight *= 10;
        }

        for (; weight != 0; weight /= 10)
        {
            Append((byte)('0' + (int)(value / weight % 10)));
        }

        return this;
    }

    /// <summary>Appends a number in hexadecimal.</summary>
    internal Line Hex(ulong value)
    {
        Text("0x"u8);
        int shift = 60;
        while (shift > 0 && (value >> shift) == 0)
        {
            shift -= 4;
        }

        for (; shift >= 0; shift -= 4)
        {
            Append("0123456789abcdef"u8[(int)((value >> shift) & 15)]);
        }

        return this;
    }

    /// <summary>Appends what a hypercall answered: a negative number is an error.</summary>
    internal Line Answer(long value) => value < 0 ? Text("-"u8).Number((ulong)-value) : Number((ulong)value);

    /// <summary>Writes the line.</summary>
    internal void Print()
    {
        Append((byte)'\n');
        fixed (byte* first = _bytes)
        {
            Kernel.Write(new ReadOnlySpan<byte>(first, _length));
        }
    }

    private void Append(byte value)
    {
        if (_length < Capacity)
        {
            _bytes[_length++] = value;
        }
    }
}
