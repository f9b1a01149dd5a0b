using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Sharpen.Xen.Store;

/// <summary>Requests put together, to be sent by one call. They never have more bytes than the longest message: so much the store takes
/// before it must have sent an answer.</summary>
internal sealed class StoreRequests
{
    private readonly byte[] _bytes = new byte[StoreChannel.MostBytes];
    private int _length;

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>All of them.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Starts anew.</summary>
    internal void Clear() => (Count, _length) = (0, 0);

    /// <summary>Adds one.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="transaction">What it belongs to; 0: nothing.</param>
    /// <param name="parts">Its texts, each with a zero behind it.</param>
    /// <param name="value">What follows them.</param>
    /// <returns>False when there is no room.</returns>
    internal bool TryAdd(StoreMessage type, uint transaction, ReadOnlySpan<string> parts, ReadOnlySpan<byte> value)
    {
        int at = _length + StoreHeader.Size;
        foreach (string part in parts)
        {
            if (at > _bytes.Length || !Encoding.UTF8.TryGetBytes(part, _bytes.AsSpan(at), out int length) || at + length >= _bytes.Length)
            {
                return false;
            }

            at += length;
            _bytes[at++] = 0;
        }

        if (at > _bytes.Length || !value.TryCopyTo(_bytes.AsSpan(at)))
        {
            return false;
        }

        at += value.Length;
        StoreHeader header = new() { Type = type, Transaction = transaction, Length = (uint)(at - _length - StoreHeader.Size) };
        MemoryMarshal.Write(_bytes.AsSpan(_length), in header);
        _length = at;
        Count++;
        return true;
    }

    /// <summary>Numbers them from <paramref name="first"/> on.</summary>
    /// <param name="types">Room for what each is.</param>
    internal void Number(uint first, Span<StoreMessage> types)
    {
        for (int at = 0, index = 0; index < Count; index++)
        {
            ref StoreHeader header = ref MemoryMarshal.AsRef<StoreHeader>(_bytes.AsSpan(at));
            header.Request = unchecked(first + (uint)index);
            types[index] = header.Type;
            at += StoreHeader.Size + (int)header.Length;
        }
    }
}
