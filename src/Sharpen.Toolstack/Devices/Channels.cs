using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Channels: consoles beside the first, which QEMU connects to a terminal or a socket of dom0. They are numbered from 1, as the guest's
/// terminals are: channel 1 is its <c>hvc1</c>. Source: console.txt, xen-pv-channel(7), <c>io/console.h</c>.</summary>
public static class Channels
{
    private const string BufferBytes = "1048576";
    private const string Kind = "console";

    /// <summary>The channels of a domain.</summary>
    public static IEnumerable<DevicePaths> List(StoreClient store, DomainId domain)
    {
        foreach (var paths in DeviceRecords.List(store, domain, Kind))
        {
            if (paths.Number > 0)
            {
                yield return paths;
            }
        }
    }

    /// <summary>Makes the nodes of channels, before QEMU is started.</summary>
    public static void Write(StoreClient store, DomainId domain, IReadOnlyList<ChannelSpec> channels)
    {
        for (int index = 0; index < channels.Count; index++)
        {
            var paths = new DevicePaths(Kind, domain, index + 1, new DomainId(0));
            var channel = channels[index];
            store.Commit(transaction =>
            {
                var batch = new StoreBatch(store, transaction);
                Write(batch, paths, channel);
                batch.Finish();
            });
        }
    }

    /// <summary>What QEMU is told of them on its command line.</summary>
    public static IReadOnlyList<string> Arguments(IReadOnlyList<ChannelSpec> channels)
    {
        var arguments = new List<string>();
        for (int index = 0; index < channels.Count; index++)
        {
            arguments.Add("-chardev");
            arguments.Add(channels[index].IsTerminal ? $"pty,id={Device(index + 1)}" : $"socket,id={Device(index + 1)},path={channels[index].SocketPath},server=on,wait=off");
        }

        return arguments;
    }

    /// <summary>Removes the sockets of a domain's channels, which QEMU leaves when it is killed.</summary>
    internal static void RemoveSockets(StoreClient store, DomainId domain)
    {
        foreach (var paths in List(store, domain))
        {
            if (store.Find($"{paths.Record}/path") is { Length: > 0 } path && FileFacts.TryGet(path, out var facts) && facts.IsSocket)
            {
                File.Delete(path);
            }
        }
    }

    // The guest says where its ring is, and nothing else: whoever attaches to the terminal relies on its name.
    private static void Write(StoreBatch batch, DevicePaths paths, ChannelSpec channel)
    {
        string connection = channel.IsTerminal ? "pty" : "socket";
        KeyValuePair<string, string>[] backend =
        [
            new("frontend", paths.Frontend),
            new("frontend-id", paths.Domain.Value.ToString(CultureInfo.InvariantCulture)),
            new("online", "1"),
            new("state", "1"),
            new("protocol", "vt100"),
            new("name", channel.Name),
            new("connection", connection),
            .. channel.IsTerminal ? (ReadOnlySpan<KeyValuePair<string, string>>)[] : [new("path", channel.SocketPath)],
        ];
        batch.Make(paths.Record, StoreBatch.Ours);
        batch.WriteAll(paths.Record, [new("backend", paths.BackendPath), .. backend]);
        batch.Make(paths.Frontend, StoreBatch.ReadableBy(paths.Domain));
        batch.WriteAll(paths.Frontend,
        [
            new("backend", paths.BackendPath), new("backend-id", "0"), new("protocol", "vt100"), new("name", channel.Name), new("limit", BufferBytes),
            new("type", "ioemu"), new("output", $"chardev:{Device(paths.Number)}"), new("tty", ""),
        ]);
        batch.Write($"{paths.Frontend}/state", "1", StoreBatch.OwnedByReadableByUs(paths.Domain));
        batch.Write($"{paths.Frontend}/ring-ref", "", StoreBatch.OwnedByReadableByUs(paths.Domain));
        batch.Write($"{paths.Frontend}/port", "", StoreBatch.OwnedByReadableByUs(paths.Domain));
        batch.Make(paths.BackendPath, StoreBatch.ReadableBy(paths.Domain));
        batch.WriteAll(paths.BackendPath, backend);
    }

    private static string Device(int number) => string.Create(CultureInfo.InvariantCulture, $"libxl-channel{number}");
}
