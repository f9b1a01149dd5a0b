using System;
using System.Runtime.InteropServices;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;

namespace Sharpen.Xenstored.Serving;

/// <summary>A client's bytes. A turn does a bounded piece of work: a few requests, and what can be sent.</summary>
internal abstract class Link(IServing server, Client client)
{
    /// <summary>The largest message.</summary>
    protected const int MessageSize = StoreHeader.Size + StoreHeader.MostPayload;

    /// <summary>Requests in one turn: what several threads or programs of one client ask at once is answered at once.</summary>
    protected const int MostRequests = 16;

    /// <summary>Bytes of answers after which a turn takes no more requests.</summary>
    protected const int MostAnswers = 1024;

    /// <summary>Who is at the other end.</summary>
    internal Client Client { get; } = client;

    /// <summary>Waits for its turn, or has it.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>Is over: no turn comes any more.</summary>
    internal bool IsClosed { get; set; }

    /// <summary>Whom it belongs to.</summary>
    protected IServing Server { get; } = server;

    /// <summary>Does what it can.</summary>
    /// <returns>True when there may be more to do at once.</returns>
    internal abstract bool Turn();

    /// <summary>The head of a message, when all of the message is there.</summary>
    /// <returns>Its length with the head; 0 when some is missing; -1 when it is longer than messages may be.</returns>
    protected static int Measure(ReadOnlySpan<byte> bytes, out StoreHeader header)
    {
        header = default;
        if (bytes.Length < StoreHeader.Size)
        {
            return 0;
        }

        header = MemoryMarshal.Read<StoreHeader>(bytes);
        if (header.Length > StoreHeader.MostPayload)
        {
            return -1;
        }

        int length = StoreHeader.Size + (int)header.Length;
        return bytes.Length >= length ? length : 0;
    }
}
