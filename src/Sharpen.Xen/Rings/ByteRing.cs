using System;
using System.Threading;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Rings;

/// <summary>
/// Bytes from one side to another through memory that both share: one puts, one takes, each moves its own index on, and both run freely
/// over 32 bits. The other side may write anything to it at any time: its index is read once and checked, and bytes are copied before they
/// are looked at. Source: <c>io/xs_wire.h</c>, <c>io/console.h</c>.
/// </summary>
/// <param name="memory">What is shared.</param>
/// <param name="start">Where the bytes begin in it.</param>
/// <param name="size">How many there are; a power of two.</param>
/// <param name="takenAt">Where the taker's index is.</param>
/// <param name="putAt">Where the putter's index is.</param>
public sealed class ByteRing(MappedMemory memory, int start, int size, int takenAt, int putAt)
{
    /// <summary>Up to where bytes were taken.</summary>
    public uint Taken
    {
        get => memory.ReadAcquire(takenAt);
        set => Show(takenAt, value);
    }

    /// <summary>Up to where bytes were put.</summary>
    public uint Put
    {
        get => memory.ReadAcquire(putAt);
        set => Show(putAt, value);
    }

    /// <summary>How many bytes can be put now; -1 when the other's index is impossible.</summary>
    /// <param name="put">Up to where they were put.</param>
    public int Room(uint put)
    {
        uint used = unchecked(put - Taken);
        return used > (uint)size ? -1 : size - (int)used;
    }

    /// <summary>Copies the bytes that are there, without taking them.</summary>
    /// <param name="room">At least the ring's size.</param>
    /// <param name="taken">Up to where they were taken.</param>
    /// <returns>Bytes; -1 when the other's index is impossible.</returns>
    public int Peek(Span<byte> room, uint taken)
    {
        uint there = unchecked(Put - taken);
        if (there > (uint)size)
        {
            return -1;
        }

        Span<byte> ring = memory.Bytes.Slice(start, size);
        int at = (int)(taken % (uint)size);
        int first = Math.Min((int)there, size - at);
        ring.Slice(at, first).CopyTo(room);
        ring[..((int)there - first)].CopyTo(room[first..]);
        return (int)there;
    }

    /// <summary>Puts what fits.</summary>
    /// <param name="bytes">What is to go.</param>
    /// <param name="put">In and out: up to where bytes were put.</param>
    /// <returns>Bytes; -1 when the other's index is impossible.</returns>
    public int Write(ReadOnlySpan<byte> bytes, ref uint put)
    {
        int count = Math.Min(bytes.Length, Room(put));
        if (count <= 0)
        {
            return count;
        }

        Span<byte> ring = memory.Bytes.Slice(start, size);
        int at = (int)(put % (uint)size);
        int first = Math.Min(count, size - at);
        bytes[..first].CopyTo(ring[at..]);
        bytes[first..count].CopyTo(ring);
        put = unchecked(put + (uint)count);
        Put = put;
        return count;
    }

    /// <summary>The other side reads this index and then tells or not; its own index is looked at again only after this one shows.</summary>
    private void Show(int offset, uint index)
    {
        memory.WriteRelease(offset, index);
        Interlocked.MemoryBarrier();
    }
}
