using System.Linq;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

public sealed class WatchTests
{
    private readonly StoreWorld _world = new();

    private Client Control => _world.Control;

    [Fact]
    public void A_directory_that_is_there_is_not_made_again()
    {
        _ = _world.Write(Control, "/there", "value");
        Watch(Control, "/there", "t");
        _ = _world.Events(Control);
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.MakeDirectory, "/there\0"));
        uint transaction = _world.Begin(Control);
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.MakeDirectory, "/there\0", transaction));
        Assert.Equal("OK\0", _world.Commit(Control, transaction));
        Assert.Empty(_world.Events(Control));
        Assert.Equal("value", _world.Read(Control, "/there"));
    }

    [Fact]
    public void A_watch_may_be_set_within_a_transaction()
    {
        uint transaction = _world.Begin(Control);
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.Watch, "/x\0t\0", transaction));
        Assert.Equal("OK\0", _world.Commit(Control, transaction));
        Assert.Equal(["/x t"], _world.Events(Control));
    }

    [Fact]
    public void A_watch_fires_once_at_once_and_for_all_below()
    {
        Watch(Control, "/a", "t");
        Assert.Equal(["/a t"], _world.Events(Control));
        Client other = _world.Engine.Connect();
        _ = _world.Write(other, "/a/b/c", "");
        _ = _world.Write(other, "/ab", "");
        Assert.Equal(["/a/b/c t"], _world.Events(Control));
    }

    [Fact]
    public void A_relative_watch_tells_relative_paths()
    {
        Client guest = _world.AddDomain(5);
        Watch(guest, "device", "t");
        _ = _world.Write(Control, "/local/domain/5/device/vbd", "");
        _ = _world.Ask(Control, StoreMessage.SetPermissions, "/local/domain/5/device/vbd\0n5\0");
        Assert.Equal(["device t", "device/vbd t"], _world.Events(guest));
    }

    /// <summary>As Debian's daemon tells them (<c>tests/System/Store</c>): a watch's own first event alone comes behind its answer.</summary>
    [Fact]
    public void A_client_hears_of_its_own_change_before_the_answer()
    {
        Watch(Control, "/a", "t");
        Assert.Empty(_world.EventsBeforeAnswers(Control));
        Assert.Equal(["/a t"], _world.Events(Control));
        _ = _world.Write(Control, "/a/b", "");
        Assert.Equal(["/a/b t"], _world.EventsBeforeAnswers(Control));
        uint transaction = _world.Begin(Control);
        _ = _world.Write(Control, "/a/c", "", transaction);
        Assert.Empty(_world.EventsBeforeAnswers(Control));
        Assert.Equal("OK\0", _world.Commit(Control, transaction));
        Assert.Equal(["/a/c t"], _world.EventsBeforeAnswers(Control));
        Assert.Empty(_world.Events(Control));
    }

    /// <summary>What is kept of a client that asks is bounded, whatever it watches.</summary>
    [Fact]
    public void Many_events_of_one_change_come_behind_its_answer()
    {
        string token = new('t', 500);
        for (int count = 0; count < 10; count++)
        {
            Watch(Control, "/a", $"{token}{count}");
        }

        _ = _world.Events(Control);
        _ = _world.Write(Control, "/a", "");
        Assert.Equal(2, _world.EventsBeforeAnswers(Control).Count);
        Assert.Equal(8, _world.Events(Control).Count);
    }

    [Fact]
    public void A_removal_fires_for_what_was_below()
    {
        _ = _world.Write(Control, "/a/b/c", "");
        Watch(Control, "/a/b/c", "deep");
        Watch(Control, "/a/x", "absent");
        Watch(Control, "/", "root");
        _ = _world.Events(Control);
        Client other = _world.Engine.Connect();
        _ = _world.Ask(other, StoreMessage.Remove, "/a\0");
        Assert.Equal(["/a root", "/a/b/c deep"], _world.Events(Control).Order());
    }

    [Fact]
    public void What_a_domain_may_not_see_is_not_told_to_it()
    {
        Client guest = _world.AddDomain(5);
        Watch(guest, "/local/domain/0", "t");
        Watch(guest, "@introduceDomain", "i");
        _ = _world.Events(guest);
        _ = _world.Write(Control, "/local/domain/0/secret", "");
        _ = _world.AddDomain(6);
        Assert.Empty(_world.Events(guest));
        _ = _world.Ask(Control, StoreMessage.SetPermissions, "@introduceDomain\0n0\0r5\0");
        _ = _world.AddDomain(7);
        Assert.Equal(["@introduceDomain i"], _world.Events(guest));
    }

    [Fact]
    public void Coming_and_going_of_domains_is_told()
    {
        Watch(Control, "@introduceDomain", "i");
        Watch(Control, "@releaseDomain", "r");
        _ = _world.Events(Control);
        Client asker = _world.Engine.Connect();
        _ = _world.Ask(asker, StoreMessage.Introduce, "5\01\01\0");
        Assert.Equal(["@introduceDomain i"], _world.Events(Control));
        _world.Engine.StoppedRunning(5);
        _world.Engine.StoppedRunning(5);
        Assert.Equal(["@releaseDomain r"], _world.Events(Control));
        _ = _world.Ask(asker, StoreMessage.Resume, "5\0");
        _world.Engine.StoppedRunning(5);
        _world.Engine.Gone(5);
        Assert.Equal(["@releaseDomain r"], _world.Events(Control));
    }

    [Fact]
    public void One_domains_end_is_told_to_those_who_wait_for_it()
    {
        Watch(Control, "@releaseDomain/5", "r");
        Watch(Control, "@releaseDomain", "all");
        _ = _world.Events(Control);
        _ = _world.AddDomain(5);
        _ = _world.AddDomain(6);
        _world.Engine.Gone(6);
        Assert.Equal(["@releaseDomain all"], _world.Events(Control));
        _world.Engine.Gone(5);
        Assert.Equal(["@releaseDomain all", "@releaseDomain/5 r"], _world.Events(Control));
        foreach (string path in (string[])["@releaseDomain/", "@releaseDomain/05", "@releaseDomain/70000", "@releaseDomain/x", "@releaseDomain5"])
        {
            Assert.Equal("EINVAL\0", _world.Ask(Control, StoreMessage.Watch, $"{path}\0t\0"));
        }

        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.Unwatch, "@releaseDomain/5\0r\0"));
    }

    [Fact]
    public void A_watch_is_set_once_and_ends()
    {
        Watch(Control, "/a", "t");
        Assert.Equal("EEXIST\0", AskRaw(StoreMessage.Watch, "/a\0t\0"));
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.Unwatch, "/a\0t\0"));
        Assert.Equal("ENOENT\0", _world.Ask(Control, StoreMessage.Unwatch, "/a\0t\0"));
        _ = _world.Write(Control, "/a", "");
        Assert.Empty(_world.Events(Control));
        Assert.Equal("EINVAL\0", _world.Ask(Control, StoreMessage.Watch, "@nothing\0t\0"));
    }

    [Fact]
    public void Reset_ends_watches_and_transactions()
    {
        uint transaction = _world.Begin(Control);
        Watch(Control, "/a", "t");
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.ResetWatches, "\0"));
        Assert.Empty(_world.Events(Control));
        Assert.Equal("ENOENT\0", _world.Read(Control, "/", transaction));
    }

    [Fact]
    public void The_same_event_waits_once()
    {
        Watch(Control, "/a", "t");
        Client other = _world.Engine.Connect();
        for (int count = 0; count < 100; count++)
        {
            _ = _world.Write(other, "/a/b", "");
        }

        Assert.Equal(["/a t", "/a/b t"], _world.Events(Control));
    }

    [Fact]
    public void A_client_that_does_not_listen_holds_a_bounded_queue()
    {
        Watch(Control, "/a", "t");
        Client other = _world.Engine.Connect();
        for (int count = 0; count < 10_000; count++)
        {
            _ = _world.Write(other, $"/a/{count}", "");
        }

        Assert.InRange(Control.Events, 1, 1024);
        Assert.Contains("/a t", _world.Events(Control));
    }

    private void Watch(Client client, string path, string token) => Assert.Equal("OK\0", _world.Ask(client, StoreMessage.Watch, $"{path}\0{token}\0"));

    private string AskRaw(StoreMessage type, string payload)
    {
        _ = _world.Events(Control);
        return _world.Ask(Control, type, payload);
    }
}
