using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Store;
using Sharpen.Xenstored;
using Sharpen.Xenstored.Serving;
using Xunit;

namespace Sharpen.ToolsTests.Xen;

/// <summary>Our client and our daemon, over a real socket.</summary>
public sealed class StoreClientTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("xs").FullName;
    private StoreServer _server;
    private Thread _thread;

    public StoreClientTests() => (_server, _thread) = Start();

    private string SocketPath => Path.Combine(_folder, "socket");

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Nodes_are_written_listed_and_removed()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        client.Write("/a/b", "value");
        client.MakeDirectory("/a/c");
        Assert.Equal("value", client.Read("/a/b"));
        Assert.Equal(["b", "c"], client.List("/a"));
        Assert.True(client.Remove("/a/b"));
        Assert.Null(client.Find("/a/b"));
        XenException refused = Assert.Throws<XenException>(() => client.Read("/a/b"));
        Assert.Equal("cannot read /a/b in the store: no such file or node (ENOENT)", refused.Message);
    }

    /// <summary>More than goes into one message, in both directions.</summary>
    [Fact]
    public void Changes_sent_together_are_all_done()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        string[] paths = [.. Enumerable.Range(0, 1000).Select(static number => $"/together/{number}")];
        client.Commit(transaction =>
        {
            StoreQueue queue = client.Queue(transaction);
            queue.Remove("/nowhere");
            queue.MakeDirectory("/together");
            queue.SetPermissions("/together", [new(StoreAccess.None, new DomainId(0)), new(StoreAccess.Read, new DomainId(7))]);
            foreach (string path in paths)
            {
                queue.Write(path, path + "=é" + new string('.', 100));
            }

            queue.Finish();
        });
        Assert.Equal(paths.Select(static path => path + "=é" + new string('.', 100)), client.FindAll(paths));
        Assert.Equal(["n0", "r7"], client.GetPermissions("/together/999").Select(static permission => permission.ToString()));
        Assert.Equal((string?[])[null, "", null], client.FindAll(["/a", "/together", "/b"]));
        Assert.Empty(client.FindAll([]));
    }

    [Fact]
    public void The_first_refusal_of_changes_sent_together_is_told()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        XenException refused = Assert.Throws<XenException>(() => client.Commit(transaction =>
        {
            StoreQueue queue = client.Queue(transaction);
            queue.Write("/a", "1");
            queue.Write("/b//c", "1");
            queue.SetPermissions("/none", [new(StoreAccess.None, new DomainId(0))]);
            queue.Finish();
        }));
        Assert.Equal("cannot write /b//c in the store: invalid argument (EINVAL)", refused.Message);
        Assert.Null(client.Find("/a"));
        Assert.Equal(Errno.TooBig, Assert.Throws<XenException>(() => client.Write("/a", new string('.', 4096))).Error);
        Assert.Equal(Errno.TooBig, Assert.Throws<XenException>(() => client.FindAll([new string('a', 5000)])).Error);
    }

    [Fact]
    public void A_node_is_found_by_what_is_below_it()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        client.Write("/d/1/name", "one");
        client.Write("/d/2/name", "é");
        client.Write("/d/3/other", "one");
        client.Write("/d/4/name", "one");
        Assert.Equal(["1", "4"], client.FindBelow("/d", "name", "one"));
        Assert.Equal(["2"], client.FindBelow("/d", "name", "é"));
        Assert.Empty(client.FindBelow("/d", "name", "on")!);
        Assert.Empty(client.FindBelow("/none", "name", "one")!);
        Assert.Null(client.FindBelow("/d", "1/name", "one"));
        Assert.Null(client.FindBelow("//", "name", "one"));
    }

    [Fact]
    public void Looking_for_a_node_conflicts_with_making_one()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        using StoreClient other = StoreClient.OpenSocket(SocketPath);
        client.Write("/d/1/name", "one");
        int turns = 0;
        client.Commit(transaction =>
        {
            Assert.Equal(turns == 0 ? [] : ["2"], client.FindBelow("/d", "name", "two", transaction)!);
            if (turns++ == 0)
            {
                other.Write("/d/2/name", "two");
            }

            client.Write("/answer", "", transaction);
        });
        Assert.Equal(2, turns);
    }

    /// <summary>Events that come by the same read as an answer are not lost.</summary>
    [Fact]
    public void Events_that_come_with_answers_are_kept()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        client.Watch("/a", "token");
        client.Commit(transaction =>
        {
            StoreQueue queue = client.Queue(transaction);
            for (int number = 0; number < 100; number++)
            {
                queue.Write($"/a/{number}", "");
            }

            queue.Finish();
        });
        client.Write("/a/last", "");
        string? path = null;
        for (int left = 102; left > 0 && path != "/a/last"; left--)
        {
            path = client.WaitForEvent(s_patience)?.Path;
        }

        Assert.Equal("/a/last", path);
    }

    [Fact]
    public void A_long_list_comes_whole()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        client.Commit(transaction =>
        {
            for (int number = 0; number < 2000; number++)
            {
                client.Write($"/many/{number:d6}", "", transaction);
            }
        });
        Assert.Equal(Enumerable.Range(0, 2000).Select(static number => $"{number:d6}"), client.List("/many"));
    }

    [Fact]
    public void Permissions_are_set_and_got()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        client.Write("/a", "");
        StorePermission[] permissions = [new(StoreAccess.None, new DomainId(0)), new(StoreAccess.Both, new DomainId(3))];
        client.SetPermissions("/a", permissions);
        Assert.Equal(["n0", "b3"], client.GetPermissions("/a").Select(static permission => permission.ToString()));
    }

    [Fact]
    public void A_watch_fires_and_a_wait_ends()
    {
        using StoreClient watcher = StoreClient.OpenSocket(SocketPath);
        using StoreClient writer = StoreClient.OpenSocket(SocketPath);
        watcher.Watch("/a", "token");
        Assert.Equal(new StoreEvent("/a", "token"), watcher.WaitForEvent(s_patience));
        Assert.Null(watcher.WaitForEvent(TimeSpan.FromMilliseconds(10)));
        writer.Write("/a/b", "");
        Assert.Equal(new StoreEvent("/a/b", "token"), watcher.WaitForEvent(s_patience));
        using CancellationTokenSource cancel = new(20);
        _ = Assert.Throws<OperationCanceledException>(() => watcher.WaitForEvent(s_patience, cancel.Token));
    }

    [Fact]
    public void A_transaction_that_was_disturbed_is_done_again()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        using StoreClient other = StoreClient.OpenSocket(SocketPath);
        client.Write("/counter", "1");
        int turns = 0;
        client.Commit(transaction =>
        {
            int value = int.Parse(client.Read("/counter", transaction), System.Globalization.CultureInfo.InvariantCulture);
            if (turns++ == 0)
            {
                other.Write("/counter", "10");
            }

            client.Write("/counter", $"{value + 1}", transaction);
        });
        Assert.Equal("11", client.Read("/counter"));
        Assert.Equal(2, turns);
    }

    /// <summary>Clients that all want the same node: none is left behind, and no count is lost.</summary>
    [Fact]
    public async Task Many_clients_count_together()
    {
        using StoreClient first = StoreClient.OpenSocket(SocketPath);
        first.Write("/counter", "0");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(Count, TaskCreationOptions.LongRunning)));
        Assert.Equal("160", first.Read("/counter"));
    }

    [Fact]
    public void What_was_written_outlives_the_daemon()
    {
        using (StoreClient client = StoreClient.OpenSocket(SocketPath))
        {
            client.Write("/a", "kept");
        }

        Stop();
        (_server, _thread) = Start();
        using StoreClient again = StoreClient.OpenSocket(SocketPath);
        Assert.Equal("kept", again.Read("/a"));
    }

    [Fact]
    public void A_daemon_that_ends_is_told()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        client.Write("/a", "");
        Stop();
        _ = Assert.Throws<XenException>(() => client.Read("/a"));
        (_server, _thread) = Start();
    }

    private void Count()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        for (int turn = 0; turn < 10; turn++)
        {
            client.Commit(transaction =>
            {
                int value = int.Parse(client.Read("/counter", transaction), System.Globalization.CultureInfo.InvariantCulture);
                client.Write("/counter", $"{value + 1}", transaction);
            });
        }
    }

    private (StoreServer Server, Thread Thread) Start()
    {
        StoreServer server = new(new StoreOptions { SocketPath = SocketPath, StatePath = Path.Combine(_folder, "state"), WithoutDomains = true }, static _ => { });
        Thread thread = new(server.Run);
        thread.Start();
        return (server, thread);
    }

    private void Stop()
    {
        _server.Stop();
        _thread.Join();
        _server.Dispose();
    }
}
