using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Sharpen.Xen;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

/// <summary>A daemon that gives way to another program, here to itself, while programs are connected.</summary>
public sealed class LiveUpdateTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("xs").FullName;
    private readonly Process _daemon;

    public LiveUpdateTests()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, CommandLine.Split(' ')) { RedirectStandardError = true };
        _daemon = Process.Start(start)!;
        Assert.True(SpinWait.SpinUntil(() => LocalListener.IsServed(SocketPath), s_patience), "the daemon does not serve");
    }

    private string SocketPath => Path.Combine(_folder, "socket");

    private string CommandLine => $"exec {typeof(Sharpen.Xenstored.Engine.StoreEngine).Assembly.Location} --no-fork --no-domains --socket {SocketPath} --state {_folder}/state";

    public void Dispose()
    {
        _daemon.Kill();
        _daemon.WaitForExit();
        _daemon.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Programs_stay_connected_and_nothing_is_lost()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        using StoreClient watcher = StoreClient.OpenSocket(SocketPath);
        client.Write("/kept", "value");
        watcher.Watch("/kept", "token");
        Assert.Equal(new StoreEvent("/kept", "token"), watcher.WaitForEvent(s_patience));
        Assert.Equal("OK", client.Control("quota", "set", "nodes", "77"));
        int turns = 0;
        client.Commit(transaction =>
        {
            client.Write("/in-transaction", $"{turns}", transaction);
            if (turns++ == 0)
            {
                Update(watcher);
            }
        });
        Assert.Equal(2, turns);
        Assert.Equal("1", client.Read("/in-transaction"));
        Assert.Equal("value", client.Read("/kept"));
        Assert.Contains("nodes               : 77", client.Control("quota"), StringComparison.Ordinal);
        // Told once, since an event may have been lost.
        Assert.Equal(new StoreEvent("/kept", "token"), watcher.WaitForEvent(s_patience));
        client.Write("/kept/below", "");
        Assert.Equal(new StoreEvent("/kept/below", "token"), watcher.WaitForEvent(s_patience));
        using StoreClient later = StoreClient.OpenSocket(SocketPath);
        Assert.Equal("value", later.Read("/kept"));
        Assert.False(_daemon.HasExited);
        Update(later);
        Assert.Equal("value", client.Read("/kept"));
    }

    [Fact]
    public void A_program_that_is_none_is_refused_and_this_one_goes_on()
    {
        using StoreClient client = StoreClient.OpenSocket(SocketPath);
        client.Write("/kept", "value");
        Assert.Equal("no program was named", client.Control("live-update", "-s"));
        Assert.Equal("OK", client.Control("live-update", "-f", "/nowhere/xenstored"));
        Assert.StartsWith("cannot run /nowhere/xenstored: no such file", client.Control("live-update", "-s"), StringComparison.Ordinal);
        Assert.Equal("value", client.Read("/kept"));
        Assert.Equal("OK", client.Control("live-update", "-f", Environment.ProcessPath!));
        Assert.Equal("OK", client.Control("live-update", "-a"));
        _ = Assert.Throws<XenException>(() => client.Control("live-update", "-z"));
    }

    private void Update(StoreClient client)
    {
        Assert.Equal("OK", client.Control("live-update", "-f", Environment.ProcessPath!));
        Assert.Equal("OK", client.Control("live-update", "-c", CommandLine));
        Assert.Equal("OK", client.Control("live-update", "-s", "-t", "10"));
    }
}
