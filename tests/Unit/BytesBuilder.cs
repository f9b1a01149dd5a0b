using System;
using System.Collections.Generic;
using System.Text;

namespace Sharpen.Unit;

/// <summary>Little-endian bytes under construction.</summary>
public sealed class BytesBuilder
{
    private readonly List<byte> _bytes = [];

    /// <summary>How many there are.</summary>
    public int Length => _bytes.Count;

    public BytesBuilder U8(params byte[] values)
    {
        _bytes.AddRange(values);
        return this;
    }

    public BytesBuilder U16(params ushort[] values)
    {
        Array.ForEach(values, value => _bytes.AddRange(BitConverter.GetBytes(value)));
        return this;
    }

    public BytesBuilder U32(params uint[] values)
    {
        Array.ForEach(values, value => _bytes.AddRange(BitConverter.GetBytes(value)));
        return this;
    }

    public BytesBuilder U64(params ulong[] values)
    {
        Array.ForEach(values, value => _bytes.AddRange(BitConverter.GetBytes(value)));
        return this;
    }

    public BytesBuilder Text(string text) => U8(Encoding.Latin1.GetBytes(text));

    public BytesBuilder PadTo(int length) => U8(new byte[Math.Max(0, length - Length)]);

    public BytesBuilder Align(int bytes) => PadTo((Length + bytes - 1) / bytes * bytes);

    public byte[] ToArray() => [.. _bytes];
}
