using System;
using System.Linq;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Keeping;

namespace Sharpen.Xenstored.Serving;

/// <summary>A program at the socket.</summary>
internal sealed class SocketLink(IServing server, Client client, ByteStream stream) : Link(server, client)
{
    private readonly byte[] _input = new byte[MessageSize];
    private int _filled;
    private bool _isDrained;
    private int _sent;

    /// <summary>Its socket.</summary>
    internal ByteStream Stream => stream;

    /// <summary>What a successor needs to go on with it.</summary>
    /// <param name="owed">The request that the successor answers.</param>
    internal ProgramState StateFor(uint? owed) => new(
        stream.Handle.Descriptor, _input.AsSpan(0, _filled).ToArray(), Client.Output.Bytes[_sent..].ToArray(), owed, Client.LastTransaction,
        [.. Client.Transactions.Keys], [.. Client.Watches.Values.Select(static watch => (watch.Path, watch.Token, watch.Hidden))],
        [.. Client.Parked.Select(static request => request.Request)]);

    /// <summary>Goes on where the one before stood.</summary>
    internal void Continue(ProgramState state)
    {
        state.Partial.AsSpan(0, Math.Min(state.Partial.Length, _input.Length)).CopyTo(_input);
        _filled = Math.Min(state.Partial.Length, _input.Length);
        Client.Output.Add(state.Output);
        if (state.Owed is { } owed)
        {
            Client.Answer(new StoreHeader { Request = owed }, StoreMessage.Control, "OK\0"u8);
        }
    }

    internal override bool Turn()
    {
        if (!Send())
        {
            return false;
        }

        bool began = Client.Parked.Count > 0 && Server.Unpark(Client);
        if (Measure(_input.AsSpan(0, _filled), out _) == 0 && !Receive() && !began)
        {
            return false;
        }

        bool isMore = HandleAll();
        Server.Commit();
        // Answered in the same turn: a client waits for nothing else.
        return !IsClosed && Send() && (isMore || !_isDrained);
    }

    /// <summary>Does what was asked, up to a bound.</summary>
    /// <returns>Whether there is more.</returns>
    private bool HandleAll()
    {
        int at = 0;
        int length = 0;
        for (int requests = 0; requests < MostRequests && Client.Output.Length < MostAnswers; requests++)
        {
            length = Measure(_input.AsSpan(at, _filled - at), out StoreHeader header);
            if (length <= 0)
            {
                break;
            }

            Server.Handle(Client, in header, _input.AsSpan(at + StoreHeader.Size, length - StoreHeader.Size));
            at += length;
        }

        if (length < 0)
        {
            Server.Close(this);
            return false;
        }

        if (at > 0)
        {
            _input.AsSpan(at, _filled - at).CopyTo(_input);
            _filled -= at;
        }

        return length > 0;
    }

    /// <summary>Takes what has come. Less than there was room for was all: what comes later makes the socket ready again.</summary>
    private bool Receive()
    {
        int room = _input.Length - _filled;
        int got = stream.Read(_input.AsSpan(_filled));
        if (got == 0)
        {
            Server.Close(this);
        }

        _isDrained = got < room;
        _filled += Math.Max(got, 0);
        return got > 0;
    }

    /// <summary>Sends until nothing is left.</summary>
    /// <returns>False when the other end takes no more now.</returns>
    private bool Send()
    {
        while (_sent < Client.Output.Length || Pull())
        {
            int done = stream.Write(Client.Output.Bytes[_sent..]);
            if (done < 0)
            {
                Server.Close(this);
            }

            if (done <= 0)
            {
                return false;
            }

            _sent += done;
        }

        return true;
    }

    private bool Pull()
    {
        Client.Output.Clear();
        _sent = 0;
        return Client.PullEvents(MostAnswers);
    }
}
