using System.Linq;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

public sealed class QuotaTests
{
    private readonly StoreWorld _world = new();
    private readonly Client _guest;

    public QuotaTests() => _guest = _world.AddDomain(5);

    [Fact]
    public void A_domain_owns_a_thousand_nodes_at_most()
    {
        Assert.DoesNotContain(Enumerable.Range(0, 999).Select(number => _world.Write(_guest, $"n{number}", "")), static answer => answer != "OK\0");
        Assert.Equal("ENOSPC\0", _world.Write(_guest, "more", ""));
        Assert.Equal("ENOSPC\0", _world.Ask(_guest, StoreMessage.MakeDirectory, "more\0"));
        _ = _world.Ask(_guest, StoreMessage.Remove, "n0\0");
        Assert.Equal("OK\0", _world.Write(_guest, "more", ""));
        Assert.Equal("OK\0", _world.Write(_world.Control, "/local/domain/5/control", ""));
    }

    [Fact]
    public void Parents_count_too()
    {
        string[] answers = [.. Enumerable.Range(0, 4).Select(number => _world.Write(_guest, $"r{number}/{string.Join('/', Enumerable.Repeat("a", 249))}", ""))];
        Assert.Equal(["OK\0", "OK\0", "OK\0", "ENOSPC\0"], answers);
    }

    [Fact]
    public void A_transaction_cannot_pass_the_quota()
    {
        uint transaction = _world.Begin(_guest);
        string last = "";
        for (int number = 0; number < 1000; number++)
        {
            last = _world.Write(_guest, $"n{number}", "", transaction);
        }

        Assert.Equal("ENOSPC\0", last);
        Assert.Equal("OK\0", _world.Commit(_guest, transaction));
        Assert.Equal(1000, _world.Engine.CountNodes(5));
        Assert.Equal("OK\0", _world.Ask(_world.Control, StoreMessage.Control, "check\0"));
    }

    [Fact]
    public void Watches_are_counted()
    {
        for (int number = 0; number < 128; number++)
        {
            Assert.Equal("OK\0", _world.Ask(_guest, StoreMessage.Watch, $"w{number}\0t\0"));
            _ = _world.Events(_guest);
        }

        Assert.Equal("E2BIG\0", _world.Ask(_guest, StoreMessage.Watch, "more\0t\0"));
    }

    [Fact]
    public void Transactions_are_counted()
    {
        for (int number = 0; number < 10; number++)
        {
            _ = _world.Begin(_guest);
        }

        Assert.Equal("ENOSPC\0", _world.Ask(_guest, StoreMessage.TransactionStart, "\0"));
    }

    [Fact]
    public void What_a_transaction_does_is_counted()
    {
        uint transaction = _world.Begin(_guest);
        string last = "";
        for (int number = 0; number <= 1024; number++)
        {
            last = _world.Read(_guest, $"n{number}", transaction);
        }

        Assert.Equal("ENOSPC\0", last);
    }

    [Fact]
    public void Values_and_permissions_have_a_size()
    {
        Assert.Equal("OK\0", _world.Write(_guest, "x", new string('x', 2048)));
        Assert.Equal("ENOSPC\0", _world.Write(_guest, "x", new string('x', 2049)));
        Assert.Equal("ENOSPC\0", _world.Ask(_guest, StoreMessage.SetPermissions, "x\0n5\0r1\0r2\0r3\0r4\0r6\0"));
        Assert.Equal("OK\0", _world.Write(_world.Control, "/local/domain/5/x", new string('x', 4000)));
    }

    [Fact]
    public void Limits_can_be_set()
    {
        Assert.Equal("OK\0", _world.Ask(_world.Control, StoreMessage.Control, "quota\0set\0nodes\03\0"));
        _ = _world.Write(_guest, "a", "");
        _ = _world.Write(_guest, "b", "");
        Assert.Equal("ENOSPC\0", _world.Write(_guest, "c", ""));
        Assert.Equal("EINVAL\0", _world.Ask(_world.Control, StoreMessage.Control, "quota\0set\0bananas\03\0"));
        Assert.Contains("nodes           :        3", _world.Ask(_world.Control, StoreMessage.Control, "quota\05\0"), System.StringComparison.Ordinal);
    }
}
