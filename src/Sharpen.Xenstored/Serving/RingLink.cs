using System;
using System.Linq;
using Sharpen.Xen;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Keeping;

namespace Sharpen.Xenstored.Serving;

/// <summary>
/// A domain at its ring. Requests count as taken, and their answers as given, by one record that is kept before either shows in the ring:
/// so both happen once, whenever the daemon is killed. What came together is done together, and the domain is told once.
/// </summary>
internal sealed class RingLink : Link
{
    private readonly IDisposable _mapping;
    private readonly RingPage _page;
    private readonly byte[] _input = new byte[MessageSize + RingPage.RingSize];
    private int _partial;
    private uint _taken;
    private uint _put;
    private int _sent;
    private bool _isBroken;
    private bool _isNew;

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
        (_taken, _put) = (page.Requests.Taken, page.Answers.Put);
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
    internal StreamState State =>
        new(_taken, _input.AsSpan(0, _partial).ToArray(), unchecked(_put - (uint)_sent), Client.Output.Bytes.ToArray(), [.. Client.Parked.Select(static request => request.Request)]);

    /// <summary>Tells a log where it stands.</summary>
    internal void Keep(StateFile state) =>
        state.Stream(Domain, _taken, _input.AsSpan(0, _partial), unchecked(_put - (uint)_sent), Client.Output.Bytes, Client.Parked);

    internal override bool Turn()
    {
        if (_page.WantsReset)
        {
            Reset();
        }

        bool isMore = !_isBroken && Send() && Receive();
        if (_isNew)
        {
            _isNew = false;
            Server.Notify(Port);
        }

        return isMore;
    }

    /// <summary>Unmaps the ring.</summary>
    internal void Unmap() => _mapping.Dispose();

    private void Continue(in StreamState state)
    {
        _taken = state.Taken;
        _page.Requests.Taken = _taken;
        state.Partial.CopyTo(_input, 0);
        _partial = state.Partial.Length;
        uint sent = unchecked(_put - state.Start);
        if (sent < (uint)state.Message.Length)
        {
            Client.Output.Clear();
            Client.Output.Add(state.Message);
            _sent = (int)sent;
        }
    }

    private void Reset()
    {
        Server.Reset(Client);
        (_taken, _put, _partial, _sent, _isBroken) = (0, 0, 0, 0, false);
        _page.Reset();
        Server.Keep(this);
        _isNew = true;
    }

    private bool Send()
    {
        while (_sent < Client.Output.Length || Pull())
        {
            int done = _page.Answers.Write(Client.Output.Bytes[_sent..], ref _put);
            if (done < 0)
            {
                Break(RingPage.BadIndex, "its ring of answers has an impossible index");
                return false;
            }

            if (done == 0)
            {
                return false;
            }

            _isNew = true;
            _sent += done;
            if (_sent < Client.Output.Length)
            {
                // An event that does not go at once must be known to be half said.
                Server.Keep(this);
            }
        }

        return true;
    }

    private bool Pull()
    {
        Client.Output.Clear();
        _sent = 0;
        return Client.PullEvents(MostAnswers);
    }

    private bool Receive()
    {
        int there = _page.Requests.Peek(_input.AsSpan(_partial), _taken);
        if (there < 0)
        {
            Break(RingPage.BadIndex, "its ring of requests has an impossible index");
            return false;
        }

        int filled = _partial + there;
        int at = there == 0 ? 0 : HandleAll(filled, out there);
        bool began = false;
        while (Client.Parked.Count > 0 && Server.Unpark(Client))
        {
            began = true;
        }

        if (there == 0 && !began)
        {
            return false;
        }

        _taken = unchecked(_taken + (uint)there);
        filled = _partial + there;
        _input.AsSpan(at, filled - at).CopyTo(_input);
        _partial = filled - at;
        // Nothing of it is in the ring yet: it counts from here on.
        Server.Keep(this);
        _page.Requests.Taken = _taken;
        _isNew = true;
        return Send() && _page.Requests.Put != _taken;
    }

    /// <summary>Does what was asked, up to a bound.</summary>
    /// <param name="filled">Bytes there are.</param>
    /// <param name="taken">Bytes to take out of the ring.</param>
    /// <returns>Bytes that are done.</returns>
    private int HandleAll(int filled, out int taken)
    {
        int at = 0;
        for (int requests = 0; requests < MostRequests && Client.Output.Length < MostAnswers; requests++)
        {
            int length = Measure(_input.AsSpan(at, filled - at), out StoreHeader header);
            if (length < 0)
            {
                Break(RingPage.BadMessage, $"a request of it has {header.Length} bytes");
                break;
            }

            if (length == 0)
            {
                // A guest rings only where the ring was empty before: what is left in it would come to its end unheard.
                taken = filled - _partial;
                return at;
            }

            Server.Handle(Client, in header, _input.AsSpan(at + StoreHeader.Size, length - StoreHeader.Size));
            at += length;
        }

        taken = at == 0 ? 0 : at - _partial;
        return at;
    }

    private void Break(uint error, string reason)
    {
        _isBroken = true;
        _page.Report(error);
        Server.Log($"d{Domain} is heard no more: {reason}");
    }
}
