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
