using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

/// <summary>A store without sockets or rings, and what its clients hear.</summary>
internal sealed class StoreWorld : IRings
{
    private readonly Dictionary<Client, List<string>> _heardBefore = [];

    internal StoreWorld(IStoreLog? log = null, Quotas? quotas = null)
    {
        Engine = new StoreEngine(quotas ?? new Quotas(), this, log ?? new NoLog());
        Control = Engine.Connect();
    }

    internal StoreEngine Engine { get; }

    /// <summary>A program in the control domain.</summary>
    internal Client Control { get; }

    /// <summary>Domains whose ring was unmapped.</summary>
    internal List<ushort> Detached { get; } = [];

    public Errno Attach(IntroducedDomain domain) => Errno.None;

    public void Detach(IntroducedDomain domain) => Detached.Add(domain.Id);

    /// <summary>Introduces a domain, with a home of its own.</summary>
    internal Client AddDomain(ushort id)
    {
        Assert.Equal("OK\0", Ask(Control, StoreMessage.Introduce, $"{id}\0{id + 1000}\05\0"));
        Assert.Equal("OK\0", Ask(Control, StoreMessage.MakeDirectory, $"/local/domain/{id}\0"));
        Assert.Equal("OK\0", Ask(Control, StoreMessage.SetPermissions, $"/local/domain/{id}\0n{id}\0"));
        return Engine.FindDomain(id)!.Client;
    }

    /// <summary>The answer as text; an error as its name.</summary>
    internal string Ask(Client client, StoreMessage type, string payload, uint transaction = 0)
    {
        StoreHeader header = new() { Type = type, Request = 7, Transaction = transaction };
        Engine.Handle(client, in header, Encoding.Latin1.GetBytes(payload));
        string answer = Hear(client, out StoreHeader heard);
        while (heard.Type == StoreMessage.WatchEvent)
        {
            HeardBefore(client).Add(EventText(answer));
            answer = Hear(client, out heard);
        }

        Assert.Equal(7u, heard.Request);
        Assert.Equal(transaction, heard.Transaction);
        return answer;
    }

    internal uint Begin(Client client) => uint.Parse(Ask(client, StoreMessage.TransactionStart, "\0").TrimEnd('\0'), System.Globalization.CultureInfo.InvariantCulture);

    internal string Commit(Client client, uint transaction) => Ask(client, StoreMessage.TransactionEnd, "T\0", transaction);

    internal string Write(Client client, string path, string value, uint transaction = 0) => Ask(client, StoreMessage.Write, $"{path}\0{value}", transaction);

    internal string Read(Client client, string path, uint transaction = 0) => Ask(client, StoreMessage.Read, $"{path}\0", transaction);

    /// <summary>The events that came before an answer since the last such question, each as path and token.</summary>
    internal List<string> EventsBeforeAnswers(Client client)
    {
        List<string> events = HeardBefore(client);
        _ = _heardBefore.Remove(client);
        return events;
    }

    /// <summary>The events that came before answers, and then those that wait for a client, each as path and token.</summary>
    internal List<string> Events(Client client)
    {
        List<string> events = EventsBeforeAnswers(client);
        while (client.HasOutput)
        {
            string text = Hear(client, out StoreHeader header);
            Assert.Equal(StoreMessage.WatchEvent, header.Type);
            events.Add(EventText(text));
        }

        return events;
    }

    private static string EventText(string payload) => payload.TrimEnd('\0').Replace('\0', ' ');

    private List<string> HeardBefore(Client client) =>
        _heardBefore.TryGetValue(client, out List<string>? events) ? events : _heardBefore[client] = [];

    private static string Hear(Client client, out StoreHeader header)
    {
        byte[] message = TakeMessage(client) ?? throw new InvalidOperationException("no answer");
        header = MemoryMarshal.Read<StoreHeader>(message);
        Assert.Equal(message.Length - StoreHeader.Size, (int)header.Length);
        Assert.True(header.Length <= StoreHeader.MostPayload);
        return Encoding.Latin1.GetString(message.AsSpan(StoreHeader.Size));
    }

    /// <summary>Takes one message out of what is to be sent; null when there is none.</summary>
    internal static byte[]? TakeMessage(Client client)
    {
        _ = client.Output.Length > 0 || client.PullEvents(1);
        byte[] all = client.Output.Bytes.ToArray();
        client.Output.Clear();
        if (all.Length == 0)
        {
            return null;
        }

        int length = StoreHeader.Size + (int)MemoryMarshal.Read<StoreHeader>(all).Length;
        client.Output.Add(all.AsSpan(length));
        return all[..length];
    }
}
