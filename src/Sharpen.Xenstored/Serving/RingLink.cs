using System;
using Sharpen.Xen;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Keeping;

namespace Sharpen.Xenstored.Serving;

/// <summary>
/// A domain at its ring. A request counts as taken, and its answer as given, by one record that is kept before either shows in the ring:
/// so both happen once, whenever the daemon is killed.
/// </summary>
internal sealed class RingLink : Link
{
    private readonly IDisposable _mapping;
    private readonly RingPage _page;
    private readonly byte[] _input = new byte[MessageSize + RingPage.RingSize];
    private int _partial;
    private uint _taken;
    private uint _put;
    private byte[] _output = [];
    private int _sent;
    private bool _isBroken;

    /// <summary>A link to a ring that was just mapped.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="client">The domain.</param>
    /// <param name="mapping">The ring, disposed with the link.</param>
    /// <param name="page">The ring.</param>
    /// <param name="port">This end of its event channel.</param>
    /// <param name="before">Where it stood; null: it goes on from where its indices are.</param>
    internal RingLink(IServing server, Client client, IDisposable mapping, RingPage page, EventPort port, StreamState? before)
        : base(server, client)
    {
        _mapping = mapping;
        _page = page;
        Port = port;
        (_taken, _put) = (page.Taken, page.Put);
        if (before is { } state)
        {
            Continue(in state);
        }

        page.Announce();
    }

    /// <summary>This end of its event channel.</summary>
    internal EventPort Port { get; }

    /// <summary>The domain's id.</summary>
    internal ushort Domain => Client.Actor.Domain;

    /// <summary>Where it stands.</summary>
    internal StreamState State => new(_taken, _input.AsSpan(0, _partial).ToArray(), unchecked(_put - (uint)_sent), _output);

    internal override bool Turn()
    {
        if (_page.WantsReset)
        {
            Reset();
        }

        return !_isBroken && Send() && Receive();
    }

    /// <summary>Unmaps the ring.</summary>
    internal void Unmap() => _mapping.Dispose();

    private void Continue(in StreamState state)
    {
        _taken = state.Taken;
        _page.Taken = _taken;
        state.Partial.CopyTo(_input, 0);
        _partial = state.Partial.Length;
        uint sent = unchecked(_put - state.Start);
        if (sent < (uint)state.Message.Length)
        {
            _output = state.Message;
            _sent = (int)sent;
        }
    }

    private void Reset()
    {
        Server.Reset(Client);
        (_taken, _put, _partial, _sent, _output, _isBroken) = (0, 0, 0, 0, [], false);
        _page.Reset();
        Server.Keep(Domain, State);
        Server.Notify(Port);
    }

    private bool Send()
    {
        bool any = false;
        while (_sent < _output.Length || Client.HasOutput)
        {
            if (_sent == _output.Length)
            {
                Take();
            }

            int done = _page.Write(_output.AsSpan(_sent), ref _put);
            if (done < 0)
            {
                Break(RingPage.BadIndex, "its ring of answers has an impossible index");
                return false;
            }

            _sent += done;
            any |= done > 0;
            if (done == 0)
            {
                break;
            }

            if (_sent < _output.Length)
            {
                // An event that does not go at once must be known to be half said.
                Server.Keep(Domain, State);
            }
        }

        if (any)
        {
            Server.Notify(Port);
        }

        return _sent == _output.Length;
    }

    private void Take()
    {
        _output = Client.TakeMessage()!;
        _sent = 0;
    }

    private bool Receive()
    {
        int there = _page.Peek(_input.AsSpan(_partial), _taken);
        if (there < 0)
        {
            Break(RingPage.BadIndex, "its ring of requests has an impossible index");
            return false;
        }

        if (there == 0)
        {
            return false;
        }

        int length = Measure(_input.AsSpan(0, _partial + there), out StoreHeader header);
        if (length < 0)
        {
            Break(RingPage.BadMessage, $"a request of it has {header.Length} bytes");
            return false;
        }

        if (length > 0)
        {
            Server.HandleQuietly(Client, in header, _input.AsSpan(StoreHeader.Size, length - StoreHeader.Size));
            _taken = unchecked(_taken + (uint)(length - _partial));
            _partial = 0;
            Take();
            // Nothing of it is in the ring yet: it counts from here on.
            Server.Keep(Domain, State);
            _page.Taken = _taken;
            _ = Send();
            Server.Notify(Port);
            return true;
        }

        // A guest rings only where the ring was empty before: what is left in it would come to its end unheard.
        _taken = unchecked(_taken + (uint)there);
        _partial += there;
        Server.Keep(Domain, State);
        _page.Taken = _taken;
        Server.Notify(Port);
        return true;
    }

    private void Break(uint error, string reason)
    {
        _isBroken = true;
        _page.Report(error);
        Server.Log($"d{Domain} is heard no more: {reason}");
    }
}
