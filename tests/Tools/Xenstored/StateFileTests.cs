using System;
using System.IO;
using System.Linq;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Keeping;
using Sharpen.Xenstored.Tree;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

/// <summary>What was kept is what there was.</summary>
public sealed class StateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store").FullName;
    private readonly StateFile _state;
    private readonly StoreWorld _world;

    public StateFileTests()
    {
        _state = StateFile.Create(StatePath);
        _world = new StoreWorld(_state);
        _state.DumpAll = _world.Engine.Dump;
        _state.Rewrite();
    }

    private string StatePath => Path.Combine(_folder, "state");

    public void Dispose()
    {
        _state.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Nodes_watches_and_domains_come_back()
    {
        Client guest = _world.AddDomain(5);
        _ = _world.Write(guest, "data/x", "va\0lue");
        _ = _world.Write(_world.Control, "/gone", "");
        _ = _world.Ask(_world.Control, StoreMessage.Remove, "/gone\0");
        _ = _world.Ask(guest, StoreMessage.Watch, "data\0token\0");
        _ = _world.Ask(guest, StoreMessage.Watch, "device\0ended\0");
        _ = _world.Events(guest);
        _ = _world.Ask(guest, StoreMessage.Unwatch, "device\0ended\0");
        StoreWorld after = Restart();
        Assert.Equal(Text(_world.Engine.Tree.Root), Text(after.Engine.Tree.Root));
        IntroducedDomain domain = after.Engine.FindDomain(5)!;
        Assert.Equal((1005ul, 5u), (domain.Page, domain.Port));
        Assert.Equal(("/local/domain/5/data", "token"), Assert.Single(domain.Client.Watches.Keys));
        Assert.Equal("OK\0", after.Ask(after.Control, StoreMessage.Control, "check\0"));
        after.Engine.Resume();
        Assert.Equal(["data token"], after.Events(domain.Client));
    }

    [Fact]
    public void Limits_that_were_changed_come_back()
    {
        Client guest = _world.AddDomain(5);
        Assert.Equal("OK\0", _world.Ask(_world.Control, StoreMessage.Control, "quota\0set\0nodes\02\0"));
        StoreWorld after = Restart();
        Assert.Equal(2, after.Engine.Quotas.Nodes);
        Assert.Equal(128, after.Engine.Quotas.Watches);
        Client again = after.Engine.FindDomain(5)!.Client;
        Assert.Equal("OK\0", after.Write(again, "a", ""));
        Assert.Equal("ENOSPC\0", after.Write(again, "b", ""));
        _state.Rewrite();
        Assert.Equal(2, Restart().Engine.Quotas.Nodes);
        Assert.Equal(5, guest.Actor.Domain);
    }

    [Fact]
    public void What_does_not_count_yet_does_not_come_back()
    {
        _ = _world.Write(_world.Control, "/a", "");
        _state.Commit();
        _ = _world.Write(_world.Control, "/b", "");
        Assert.Equal("a\0tool\0", Restart(commit: false).Ask(_world.Control, StoreMessage.Directory, "/\0"));
    }

    [Fact]
    public void An_open_transaction_comes_back_and_conflicts()
    {
        Client guest = _world.AddDomain(5);
        uint transaction = _world.Begin(guest);
        _ = _world.Write(guest, "x", "", transaction);
        StoreWorld after = Restart();
        Client again = after.Engine.FindDomain(5)!.Client;
        Assert.Equal("ENOENT\0", after.Read(again, "x", transaction));
        Assert.Equal("EAGAIN\0", after.Commit(again, transaction));
        Assert.Equal("ENOENT\0", after.Commit(again, transaction));
    }

    [Fact]
    public void A_committed_transaction_comes_back_as_a_whole()
    {
        uint transaction = _world.Begin(_world.Control);
        _ = _world.Write(_world.Control, "/a/b", "1", transaction);
        _ = _world.Ask(_world.Control, StoreMessage.Remove, "/a/b\0", transaction);
        _ = _world.Write(_world.Control, "/a/c", "2", transaction);
        Assert.Equal("OK\0", _world.Commit(_world.Control, transaction));
        Assert.Equal(Text(_world.Engine.Tree.Root), Text(Restart().Engine.Tree.Root));
    }

    [Fact]
    public void A_log_that_has_grown_is_written_anew()
    {
        string value = new('x', 4000);
        for (int count = 0; count < 5000; count++)
        {
            _ = _world.Write(_world.Control, $"/a/{count % 10}", value);
            _state.Commit();
        }

        Assert.InRange(_state.Length, 1, 4 << 20);
        Assert.Equal(Text(_world.Engine.Tree.Root), Text(Restart().Engine.Tree.Root));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_changes_come_back(int seed)
    {
        Random random = new(seed);
        Client[] clients = [_world.Control, _world.AddDomain(1), _world.AddDomain(2)];
        for (int count = 0; count < 3000; count++)
        {
            Client client = clients[random.Next(clients.Length)];
            string path = $"/local/domain/{random.Next(1, 3)}/{random.Next(5)}/{random.Next(5)}";
            _ = random.Next(4) switch
            {
                0 => _world.Ask(client, StoreMessage.Remove, $"{path}\0"),
                1 => _world.Ask(client, StoreMessage.MakeDirectory, $"{path}/{random.Next(3)}\0"),
                2 => _world.Ask(client, StoreMessage.SetPermissions, $"{path}\0n{random.Next(3)}\0b{random.Next(3)}\0"),
                _ => _world.Write(client, path, $"{count}"),
            };
        }

        StoreWorld after = Restart();
        Assert.Equal(Text(_world.Engine.Tree.Root), Text(after.Engine.Tree.Root));
        Assert.Equal("OK\0", after.Ask(after.Control, StoreMessage.Control, "check\0"));
    }

    [Fact]
    public void Bytes_that_are_no_log_are_refused()
    {
        _ = _world.Write(_world.Control, "/a", "");
        _state.Commit();
        byte[] bytes = File.ReadAllBytes(StatePath);
        bytes.AsSpan(64, 4).Fill(0xff);
        File.WriteAllBytes(StatePath, bytes);
        _ = Assert.Throws<InvalidDataException>(() => StateFile.Restore(StatePath, new StoreWorld().Engine));
        File.WriteAllText(StatePath, "something else that has nothing to do with any store at all, but is long enough");
        Assert.Null(StateFile.Restore(StatePath, new StoreWorld().Engine));
    }

    private static string Text(Node node) =>
        $"{node.Name}={Convert.ToHexString(node.Value)}({node.Permissions})[{string.Join(',', node.Children.ToArray().Select(Text))}]";

    private StoreWorld Restart(bool commit = true)
    {
        if (commit)
        {
            _state.Commit();
        }

        StoreWorld after = new();
        Assert.NotNull(StateFile.Restore(StatePath, after.Engine));
        return after;
    }
}
