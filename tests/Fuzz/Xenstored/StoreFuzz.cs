using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.ToolsTests.Xenstored;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Keeping;
using Sharpen.Xenstored.Tree;
using Xunit;

namespace Sharpen.Fuzz.Xenstored;

/// <summary>Whatever clients ask, each request gets one answer, nothing is thrown, the store's own counts stay right, what one domain holds is
/// bounded, and a store that is killed comes back as it was.</summary>
public sealed class StoreFuzz
{
    private const int Requests = 2_000;
    private const int MostMemory = 4 << 20;

    [Fact]
    public void Any_requests_are_answered() => Fuzzer.Run(20, Play);

    [Fact]
    [Trait("Tier", "All")]
    public void A_million_requests_are_answered() => Fuzzer.Run(1_000_000 / Requests, Play);

    /// <summary>What was kept may be cut or spoilt, as by a full disk: it is no log then, and says so in one way.</summary>
    [Fact]
    public void A_spoilt_log_is_read_or_refused()
    {
        string folder = Directory.CreateTempSubdirectory("fuzz").FullName;
        string path = Path.Combine(folder, "state");
        try
        {
            byte[] whole = Log(path);
            Fuzzer.Run(1_000, random =>
            {
                byte[] spoilt = new Mutator(random).Spoil(whole.AsSpan(64));
                File.WriteAllBytes(path, [.. whole[..64], .. spoilt]);
                try
                {
                    _ = StateFile.Restore(path, new StoreWorld().Engine);
                }
                catch (InvalidDataException refused)
                {
                    Assert.NotEmpty(refused.Message);
                }
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Log(string path)
    {
        using var state = StateFile.Create(path);
        StoreWorld world = new(state);
        state.DumpAll = world.Engine.Dump;
        state.Rewrite();
        Client guest = world.AddDomain(1);
        _ = world.Ask(guest, StoreMessage.Watch, "data\0token\0");
        _ = world.Events(guest);
        _ = world.Write(guest, "data/x", "value");
        _ = world.Begin(guest);
        _ = world.Ask(world.Control, StoreMessage.Control, "quota\0set\0nodes\0100\0");
        state.Stream(1, 5, "partial"u8, 7, "message"u8, new Queue<StoreHeader>([new StoreHeader { Request = 3 }]));
        state.Program(new ProgramState(3, [1, 2], [3], 7, 9, [1, 2], [("/a", "t", 0)], [4]));
        state.Commit();
        return File.ReadAllBytes(path)[..state.Length];
    }

    private static void Play(Random random)
    {
        string folder = Directory.CreateTempSubdirectory("fuzz").FullName;
        try
        {
            using var state = StateFile.Create(Path.Combine(folder, "state"));
            StoreWorld world = new(state);
            state.DumpAll = world.Engine.Dump;
            state.Rewrite();
            Ask(world, random);
            state.Commit();
            StoreWorld after = new();
            Assert.NotNull(StateFile.Restore(Path.Combine(folder, "state"), after.Engine));
            Assert.Equal(Text(world.Engine), Text(after.Engine));
            Assert.Equal("OK\0", after.Ask(after.Control, StoreMessage.Control, "check\0"));
            after.Engine.Resume();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Ask(StoreWorld world, Random random)
    {
        StoreRequests requests = new(random);
        for (ushort id = 1; id <= 3; id++)
        {
            _ = world.AddDomain(id);
        }

        for (uint count = 0; count < Requests; count++)
        {
            Client[] clients = [world.Control, .. world.Engine.Domains.Select(static domain => domain.Client)];
            Client client = clients[random.Next(clients.Length)];
            StoreMessage type = requests.Type();
            StoreHeader header = new() { Type = type, Request = count, Transaction = requests.Transaction() };
            byte[] payload = requests.Payload(type);
            world.Engine.Handle(client, in header, payload);
            Assert.Equal(1, Answers(client, count));
            Assert.InRange(client.Actor.IsPrivileged ? 0 : client.Memory, 0, MostMemory);
            if (random.Next(300) == 0)
            {
                BringBack(world);
            }
        }

        Assert.Equal("OK\0", world.Ask(Quiet(world), StoreMessage.Control, "check\0"));
    }

    // Who was released is made again, as another domain of the same number is.
    private static void BringBack(StoreWorld world)
    {
        for (ushort id = 1; id <= 3; id++)
        {
            if (world.Engine.FindDomain(id) is null)
            {
                _ = Quiet(world);
                _ = world.Ask(world.Control, StoreMessage.Introduce, $"{id}\01\05\0");
                _ = Quiet(world);
            }
        }
    }

    private static Client Quiet(StoreWorld world)
    {
        while (StoreWorld.TakeMessage(world.Control) is not null)
        {
        }

        foreach ((string path, string token) in world.Control.Watches.Keys.ToArray())
        {
            world.Engine.Handle(world.Control, new StoreHeader { Type = StoreMessage.Unwatch }, Encoding.Latin1.GetBytes($"{path}\0{token}\0"));
            _ = StoreWorld.TakeMessage(world.Control);
        }

        return world.Control;
    }

    private static int Answers(Client client, uint request)
    {
        int answers = 0;
        while (StoreWorld.TakeMessage(client) is { } message)
        {
            StoreHeader header = MemoryMarshal.Read<StoreHeader>(message);
            Assert.Equal(message.Length, StoreHeader.Size + (int)header.Length);
            Assert.True(header.Length <= StoreHeader.MostPayload || header.Type == StoreMessage.WatchEvent);
            answers += header.Type == StoreMessage.WatchEvent ? 0 : 1;
            Assert.True(header.Type == StoreMessage.WatchEvent || header.Request == request);
        }

        return answers;
    }

    private static string Text(StoreEngine engine) =>
        Text(engine.Tree.Root) + string.Join(';', engine.Domains.OrderBy(static domain => domain.Id).Select(static domain =>
            $"{domain.Id} {domain.Page} {domain.Port} {domain.IsShutdown} {domain.Client.Actor} {string.Join(' ', domain.Client.Watches.Keys.Order())} {string.Join(' ', domain.Client.Transactions.Keys.Order())}"));

    private static string Text(Node node) =>
        $"{node.Name}={Convert.ToHexString(node.Value)}({node.Permissions})[{string.Join(',', node.Children.ToArray().Select(Text))}]";
}
