using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

public sealed class TransactionTests
{
    private readonly StoreWorld _world = new();

    private Client Control => _world.Control;

    [Fact]
    public void Nothing_shows_before_the_commit()
    {
        uint transaction = _world.Begin(Control);
        _ = _world.Write(Control, "/a", "new", transaction);
        Assert.Equal("new", _world.Read(Control, "/a", transaction));
        Assert.Equal("ENOENT\0", _world.Read(Control, "/a"));
        Assert.Equal("OK\0", _world.Commit(Control, transaction));
        Assert.Equal("new", _world.Read(Control, "/a"));
    }

    [Fact]
    public void An_aborted_one_leaves_nothing()
    {
        uint transaction = _world.Begin(Control);
        _ = _world.Write(Control, "/a", "new", transaction);
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.TransactionEnd, "F\0", transaction));
        Assert.Equal("ENOENT\0", _world.Read(Control, "/a"));
        Assert.Equal("ENOENT\0", _world.Commit(Control, transaction));
    }

    [Fact]
    public void It_sees_the_store_as_it_began()
    {
        _ = _world.Write(Control, "/a", "old");
        uint transaction = _world.Begin(Control);
        _ = _world.Write(Control, "/a", "new");
        Assert.Equal("old", _world.Read(Control, "/a", transaction));
    }

    [Fact]
    public void What_was_read_and_changed_is_a_conflict()
    {
        _ = _world.Write(Control, "/counter", "1");
        uint transaction = _world.Begin(Control);
        _ = _world.Read(Control, "/counter", transaction);
        _ = _world.Write(Control, "/counter", "2");
        _ = _world.Write(Control, "/counter", "3", transaction);
        Assert.Equal("EAGAIN\0", _world.Commit(Control, transaction));
        Assert.Equal("2", _world.Read(Control, "/counter"));
    }

    [Fact]
    public void What_was_missing_and_came_is_a_conflict()
    {
        uint transaction = _world.Begin(Control);
        _ = _world.Read(Control, "/a", transaction);
        _ = _world.Write(Control, "/a", "");
        Assert.Equal("EAGAIN\0", _world.Commit(Control, transaction));
    }

    [Fact]
    public void A_list_that_changed_is_a_conflict_and_a_value_in_it_is_none()
    {
        _ = _world.Write(Control, "/d/a", "");
        uint values = _world.Begin(Control);
        uint names = _world.Begin(Control);
        _ = _world.Ask(Control, StoreMessage.Directory, "/d\0", values);
        _ = _world.Ask(Control, StoreMessage.Directory, "/d\0", names);
        _ = _world.Write(Control, "/d/a", "changed");
        Assert.Equal("OK\0", _world.Commit(Control, values));
        _ = _world.Write(Control, "/d/b", "");
        Assert.Equal("EAGAIN\0", _world.Commit(Control, names));
    }

    [Fact]
    public void Different_nodes_of_one_folder_are_no_conflict()
    {
        _ = _world.Write(Control, "/d/a", "");
        uint first = _world.Begin(Control);
        uint second = _world.Begin(Control);
        _ = _world.Write(Control, "/d/x", "1", first);
        _ = _world.Write(Control, "/d/y", "2", second);
        Assert.Equal("OK\0", _world.Commit(Control, first));
        Assert.Equal("OK\0", _world.Commit(Control, second));
        Assert.Equal("a\0x\0y\0", _world.Ask(Control, StoreMessage.Directory, "/d\0"));
    }

    [Fact]
    public void A_removed_and_made_again_node_is_another()
    {
        _ = _world.Write(Control, "/a", "same");
        uint transaction = _world.Begin(Control);
        _ = _world.Read(Control, "/a", transaction);
        _ = _world.Ask(Control, StoreMessage.Remove, "/a\0");
        _ = _world.Write(Control, "/a", "same");
        Assert.Equal("EAGAIN\0", _world.Commit(Control, transaction));
    }

    [Fact]
    public void Watches_fire_at_the_commit()
    {
        Client watcher = _world.Engine.Connect();
        _ = _world.Ask(watcher, StoreMessage.Watch, "/a\0t\0");
        _ = _world.Events(watcher);
        uint transaction = _world.Begin(Control);
        _ = _world.Write(Control, "/a/b", "", transaction);
        Assert.Empty(_world.Events(watcher));
        _ = _world.Commit(Control, transaction);
        Assert.Equal(["/a/b t"], _world.Events(watcher));
    }

    [Fact]
    public void One_belongs_to_its_client()
    {
        uint transaction = _world.Begin(Control);
        Client other = _world.Engine.Connect();
        Assert.Equal("ENOENT\0", _world.Read(other, "/", transaction));
        Assert.Equal("EBUSY\0", _world.Ask(Control, StoreMessage.TransactionStart, "\0", transaction));
        Assert.Equal("EINVAL\0", _world.Ask(Control, StoreMessage.TransactionEnd, "X\0", transaction));
    }
}
