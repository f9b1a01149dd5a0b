using System;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;

namespace Sharpen.Xenstored.Serving;

/// <summary>A program at the socket.</summary>
internal sealed class SocketLink(IServing server, Client client, ByteStream stream) : Link(server, client)
{
    private readonly byte[] _input = new byte[MessageSize];
    private int _filled;
    private bool _isDrained;
    private byte[] _output = [];
    private int _sent;

    /// <summary>Its socket.</summary>
    internal ByteStream Stream => stream;

    internal override bool Turn()
    {
        if (!Send())
        {
            return false;
        }

        int length = Measure(_input.AsSpan(0, _filled), out StoreHeader header);
        if (length == 0)
        {
            if (!Receive())
            {
                return false;
            }

            length = Measure(_input.AsSpan(0, _filled), out header);
        }

        if (length < 0)
        {
            Server.Close(this);
            return false;
        }

        if (length > 0)
        {
            Server.Handle(Client, in header, _input.AsSpan(StoreHeader.Size, length - StoreHeader.Size));
            _input.AsSpan(length, _filled - length).CopyTo(_input);
            _filled -= length;
            // Answered in the same turn: a client waits for nothing else.
            if (!Send())
            {
                return false;
            }
        }

        return !_isDrained || _filled > 0;
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
        while (_sent < _output.Length || Client.HasOutput)
        {
            if (_sent == _output.Length)
            {
                _output = Client.TakeMessage()!;
                _sent = 0;
            }

            int done = stream.Write(_output.AsSpan(_sent));
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
}
