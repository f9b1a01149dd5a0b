using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

/// <summary>Whatever clients ask, each request gets one answer, nothing is thrown, and the store's own counts stay right.</summary>
public sealed class StoreFuzz
{
    private const int Requests = 20_000;
    private static readonly string[] s_names = ["a", "b", "c", "data", "device", "a/b", "a/b/c", "/local/domain/1/x", "/local/domain/2", "/tool", "/", "@releaseDomain", "a//b", ""];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_requests_are_answered(int seed)
    {
        Random random = new(seed);
        StoreWorld world = new();
        List<Client> clients = [world.Control, world.AddDomain(1), world.AddDomain(2), world.AddDomain(3)];
        for (int count = 0; count < Requests; count++)
        {
            Client client = clients[random.Next(clients.Count)];
            StoreHeader header = new() { Type = (StoreMessage)random.Next(25), Request = (uint)count, Transaction = random.Next(3) == 0 ? (uint)random.Next(4) : 0 };
            world.Engine.Handle(client, in header, Payload(random, header.Type));
            Assert.Equal(1, Answers(client, (uint)count));
            clients[random.Next(clients.Count)] = Replace(world, clients[random.Next(clients.Count)], random);
            clients = [world.Control, .. world.Engine.Domains.Select(static domain => domain.Client)];
        }

        Assert.Equal("OK\0", world.Ask(world.Control, StoreMessage.Control, "check\0"));
        Assert.All(world.Engine.Clients.Where(static client => !client.Actor.IsPrivileged), client => Assert.InRange(client.Memory, 0, 4 << 20));
    }

    private static Client Replace(StoreWorld world, Client client, Random random)
    {
        if (random.Next(500) == 0 && world.Engine.Domains.Count > 0)
        {
            world.Engine.Gone(world.Engine.Domains.First().Id);
        }

        if (world.Engine.Domains.Count < 3)
        {
            _ = world.Engine.FindDomain(1) ?? Add(world, 1);
            _ = world.Engine.FindDomain(2) ?? Add(world, 2);
        }

        return client;
    }

    private static IntroducedDomain? Add(StoreWorld world, ushort id)
    {
        while (StoreWorld.TakeMessage(world.Control) is not null)
        {
        }

        _ = world.AddDomain(id);
        return null;
    }

    private static int Answers(Client client, uint request)
    {
        int answers = 0;
        while (StoreWorld.TakeMessage(client) is { } message)
        {
            StoreHeader header = MemoryMarshal.Read<StoreHeader>(message);
            Assert.Equal(message.Length, StoreHeader.Size + (int)header.Length);
            answers += header.Type == StoreMessage.WatchEvent ? 0 : 1;
            Assert.True(header.Type == StoreMessage.WatchEvent || header.Request == request);
        }

        return answers;
    }

    private static byte[] Payload(Random random, StoreMessage type)
    {
        if (random.Next(10) == 0)
        {
            byte[] noise = new byte[random.Next(64)];
            random.NextBytes(noise);
            return noise;
        }

        string name = s_names[random.Next(s_names.Length)];
        string text = type switch
        {
            StoreMessage.Write => $"{name}\0{new string('v', random.Next(100))}",
            StoreMessage.Watch or StoreMessage.Unwatch => $"{name}\0t{random.Next(4)}\0",
            StoreMessage.SetPermissions => $"{name}\0{"nrwb"[random.Next(4)]}{random.Next(4)}\0r{random.Next(4)}\0",
            StoreMessage.TransactionEnd => random.Next(2) == 0 ? "T\0" : "F\0",
            StoreMessage.DirectoryPart => $"{name}\0{random.Next(10)}\0",
            StoreMessage.Introduce => $"{random.Next(4)}\01\0{random.Next(3)}\0",
            StoreMessage.Release or StoreMessage.Resume or StoreMessage.IsDomainIntroduced or StoreMessage.GetDomainPath => $"{random.Next(5)}\0",
            StoreMessage.SetTarget => $"{random.Next(4)}\0{random.Next(4)}\0",
            StoreMessage.Control => "quota\0",
            _ => $"{name}\0",
        };
        return Encoding.Latin1.GetBytes(text);
    }
}
