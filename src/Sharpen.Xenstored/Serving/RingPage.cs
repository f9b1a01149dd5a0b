using System;
using Sharpen.Xen.Native;
using Sharpen.Xen.Rings;

namespace Sharpen.Xenstored.Serving;

/// <summary>
/// The page that a domain and the store share: a ring of requests and one of answers, and what each says of itself. Source: <c>struct
/// xenstore_domain_interface</c>, <c>io/xs_wire.h</c>.
/// </summary>
public sealed class RingPage(MappedMemory memory)
{
    /// <summary><c>XENSTORE_RING_SIZE</c></summary>
    public const int RingSize = 1024;

    /// <summary><c>XENSTORE_ERROR_RINGIDX</c></summary>
    public const uint BadIndex = 2;

    /// <summary><c>XENSTORE_ERROR_PROTO</c></summary>
    public const uint BadMessage = 3;

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

    /// <summary>What the domain asks.</summary>
    public ByteRing Requests { get; } = new(memory, 0, RingSize, RequestTaken, RequestPut);

    /// <summary>What it is told.</summary>
    public ByteRing Answers { get; } = new(memory, RingSize, RingSize, AnswerTaken, AnswerPut);

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
}
