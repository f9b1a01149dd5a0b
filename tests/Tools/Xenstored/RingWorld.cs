using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Xen;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Keeping;
using Sharpen.Xenstored.Serving;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

/// <summary>A domain at its ring: the guest's end, the server's end, and a server that can be killed before anything that shows.</summary>
internal sealed class RingWorld : IServing, IDisposable
{
    private readonly MappedMemory _memory = MappedMemory.Allocate(4096);
    private readonly List<byte> _heard = [];
    private StreamState? _kept;
    private int _killAt = int.MaxValue;
    private int _steps;

    internal RingWorld()
    {
        Guest = World.AddDomain(5);
        Link = Attach();
    }

    internal StoreWorld World { get; } = new();

    internal Client Guest { get; }

    internal RingLink Link { get; private set; }

    internal List<string> Lines { get; } = [];

    /// <summary>Beginnings of transactions wait while this is so.</summary>
    internal bool Parks { get; set; }

    /// <summary>How often the guest was told to look.</summary>
    internal int Notices { get; private set; }

    internal uint this[int offset]
    {
        get => _memory.ReadAcquire(offset);
        set => _memory.WriteRelease(offset, value);
    }

    public void Dispose() => _memory.Dispose();

    public void Handle(Client client, in StoreHeader header, ReadOnlySpan<byte> payload)
    {
        if (Parks && header.Type == StoreMessage.TransactionStart)
        {
            client.Parked.Enqueue(header);
        }
        else
        {
            World.Engine.Handle(client, in header, payload);
        }
    }

    public bool Unpark(Client client)
    {
        if (Parks || !client.Parked.TryDequeue(out StoreHeader header))
        {
            return false;
        }

        World.Engine.Handle(client, in header, []);
        return true;
    }

    public void Keep(RingLink link)
    {
        _kept = link.State;
        Step();
    }

    public void Commit()
    {
    }

    public void Reset(Client client)
    {
        client.ForgetEvents();
        client.Output.Clear();
    }

    public void Notify(EventPort port)
    {
        Notices++;
        Step();
    }

    public void Close(SocketLink link) => throw new InvalidOperationException();

    public void Log(string line) => Lines.Add(line);

    /// <summary>Has the server die at the n-th thing it does that shows, and begin again from what it kept.</summary>
    internal void KillAt(int step)
    {
        _killAt = step;
        _steps = 0;
    }

    /// <summary>A link that goes on from where the ring's indices are.</summary>
    internal void AttachAgain()
    {
        _kept = null;
        Link = Attach();
    }

    /// <summary>Has the server work until it can do no more.</summary>
    internal void Run()
    {
        try
        {
            while (Link.Turn())
            {
            }
        }
        catch (OperationCanceledException)
        {
            _killAt = int.MaxValue;
            Guest.ForgetEvents();
            Guest.Output.Clear();
            Guest.Parked.Clear();
            Link = Attach();
            foreach (uint request in _kept?.Parked ?? [])
            {
                Guest.Parked.Enqueue(new StoreHeader { Type = StoreMessage.TransactionStart, Request = request });
            }

            Run();
        }
    }

    /// <summary>Puts bytes into the ring of requests as a guest does, while the server runs.</summary>
    internal void Say(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            uint put = this[2052];
            int room = RingPage.RingSize - (int)unchecked(put - this[2048]);
            int count = Math.Min(room, bytes.Length);
            Assert.True(count > 0, "the ring stays full");
            for (int index = 0; index < count; index++)
            {
                _memory.Bytes[(int)(unchecked(put + (uint)index) % RingPage.RingSize)] = bytes[index];
            }

            this[2052] = unchecked(put + (uint)count);
            bytes = bytes[count..];
            Run();
        }
    }

    internal void Ask(StoreMessage type, string payload, uint request, uint transaction = 0)
    {
        byte[] message = new byte[StoreHeader.Size + payload.Length];
        StoreHeader header = new() { Type = type, Request = request, Transaction = transaction, Length = (uint)payload.Length };
        MemoryMarshal.Write(message, in header);
        _ = Encoding.Latin1.GetBytes(payload, message.AsSpan(StoreHeader.Size));
        Say(message);
    }

    /// <summary>Takes all messages out of the ring of answers as a guest does, while the server runs.</summary>
    internal List<(StoreHeader Header, string Text)> Hear()
    {
        while (true)
        {
            uint taken = this[2056];
            uint there = unchecked(this[2060] - taken);
            if (there == 0)
            {
                break;
            }

            for (uint index = 0; index < there; index++)
            {
                _heard.Add(_memory.Bytes[1024 + (int)(unchecked(taken + index) % RingPage.RingSize)]);
            }

            this[2056] = unchecked(taken + there);
            Run();
        }

        List<(StoreHeader Header, string Text)> messages = [];
        byte[] all = [.. _heard];
        int at = 0;
        while (at < all.Length)
        {
            StoreHeader header = MemoryMarshal.Read<StoreHeader>(all.AsSpan(at));
            messages.Add((header, Encoding.Latin1.GetString(all.AsSpan(at + StoreHeader.Size, (int)header.Length))));
            at += StoreHeader.Size + (int)header.Length;
        }

        Assert.Equal(all.Length, at);
        _heard.Clear();
        return messages;
    }

    private RingLink Attach() => new(this, Guest, new Nothing(), new RingPage(_memory), new EventPort(1), _kept);

    private void Step()
    {
        if (++_steps == _killAt)
        {
            throw new OperationCanceledException();
        }
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
