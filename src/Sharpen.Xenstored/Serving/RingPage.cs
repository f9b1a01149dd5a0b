using System;
using System.Threading;
using Sharpen.Xen.Native;

namespace Sharpen.Xenstored.Serving;

/// <summary>
/// The page that a domain and the store share: a ring of requests and one of answers. The domain may write anything to it at any time:
/// indices are read once and checked, bytes are copied before they are looked at. Source: <c>struct xenstore_domain_interface</c>, <c>io/xs_wire.h</c>.
/// </summary>
public sealed class RingPage(MappedMemory memory)
{
    /// <summary><c>XENSTORE_RING_SIZE</c></summary>
    public const int RingSize = 1024;

    /// <summary><c>XENSTORE_ERROR_RINGIDX</c></summary>
    public const uint BadIndex = 2;

    /// <summary><c>XENSTORE_ERROR_PROTO</c></summary>
    public const uint BadMessage = 3;

    private const int Answers = RingSize;
    private const int RequestTaken = 2048;
    private const int RequestPut = 2052;
    private const int AnswerTaken = 2056;
    private const int AnswerPut = 2060;
    private const int Features = 2064;
    private const int Connection = 2068;
    private const int ErrorCode = 2072;
    private const uint Reconnection = 1;
    private const uint ErrorReporting = 2;
    private const uint WantsReconnect = 1;

    /// <summary>Up to where requests were taken.</summary>
    public uint Taken
    {
        get => memory.ReadAcquire(RequestTaken);
        set
        {
            memory.WriteRelease(RequestTaken, value);
            // The guest reads this index and then rings or not; the ring is looked at again only after it shows.
            Interlocked.MemoryBarrier();
        }
    }

    /// <summary>Up to where answers were put.</summary>
    public uint Put
    {
        get => memory.ReadAcquire(AnswerPut);
        set
        {
            memory.WriteRelease(AnswerPut, value);
            Interlocked.MemoryBarrier();
        }
    }

    /// <summary>Whether the domain wants to begin anew.</summary>
    public bool WantsReset => memory.ReadAcquire(Connection) == WantsReconnect;

    /// <summary>Says what this store can.</summary>
    public void Announce() => memory.WriteRelease(Features, Reconnection | ErrorReporting);

    /// <summary>Says why the store listens no more; 0: it does.</summary>
    public void Report(uint error) => memory.WriteRelease(ErrorCode, error);

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        foreach (int offset in (ReadOnlySpan<int>)[RequestTaken, RequestPut, AnswerTaken, AnswerPut, ErrorCode])
        {
            memory.WriteRelease(offset, 0);
        }

        memory.WriteRelease(Connection, 0);
    }

    /// <summary>Copies the requests that are there, without taking them.</summary>
    /// <param name="room">At least <see cref="RingSize"/> bytes.</param>
    /// <param name="taken">Up to where they were taken before.</param>
    /// <returns>Bytes; -1 when the domain's index is impossible.</returns>
    public int Peek(Span<byte> room, uint taken)
    {
        uint there = unchecked(memory.ReadAcquire(RequestPut) - taken);
        if (there > RingSize)
        {
            return -1;
        }

        Span<byte> ring = memory.Bytes[..RingSize];
        int at = (int)(taken % RingSize);
        int first = Math.Min((int)there, RingSize - at);
        ring.Slice(at, first).CopyTo(room);
        ring[..((int)there - first)].CopyTo(room[first..]);
        return (int)there;
    }

    /// <summary>Puts what fits of an answer.</summary>
    /// <param name="bytes">The answer's rest.</param>
    /// <param name="put">In and out: up to where answers were put.</param>
    /// <returns>Bytes; -1 when the domain's index is impossible.</returns>
    public int Write(ReadOnlySpan<byte> bytes, ref uint put)
    {
        uint used = unchecked(put - memory.ReadAcquire(AnswerTaken));
        if (used > RingSize)
        {
            return -1;
        }

        int count = Math.Min(bytes.Length, RingSize - (int)used);
        Span<byte> ring = memory.Bytes.Slice(Answers, RingSize);
        int at = (int)(put % RingSize);
        int first = Math.Min(count, RingSize - at);
        bytes[..first].CopyTo(ring[at..]);
        bytes[first..count].CopyTo(ring);
        put = unchecked(put + (uint)count);
        Put = put;
        return count;
    }
}
