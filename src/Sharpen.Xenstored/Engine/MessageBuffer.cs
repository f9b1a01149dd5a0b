using System;
using System.Runtime.InteropServices;
using Sharpen.Xen.Store;

namespace Sharpen.Xenstored.Engine;

/// <summary>Messages one after another, as they are sent; made once and used again, so that an answer allocates nothing.</summary>
public sealed class MessageBuffer
{
    private const int Usual = 1024;
    private const int MostKept = 16 * 1024;
    private byte[] _bytes = new byte[Usual];

    /// <summary>Bytes of all messages.</summary>
    public int Length { get; private set; }

    /// <summary>All of it.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > MostKept)
        {
            _bytes = new byte[Usual];
        }
    }

    /// <summary>Adds the head of a message.</summary>
    /// <returns>Room for what follows it, of the length that the head says.</returns>
    internal Span<byte> Add(scoped in StoreHeader header)
    {
        int length = StoreHeader.Size + (int)header.Length;
        if (length > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));
        }

        Span<byte> message = _bytes.AsSpan(Length, length);
        MemoryMarshal.Write(message, in header);
        Length += length;
        return message[StoreHeader.Size..];
    }

    /// <summary>Adds messages that are whole.</summary>
    internal void Add(ReadOnlySpan<byte> messages)
    {
        if (messages.Length > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + messages.Length));
        }

        messages.CopyTo(_bytes.AsSpan(Length));
        Length += messages.Length;
    }
}
