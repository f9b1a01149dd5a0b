using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Processes;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>QEMU as the backend of a PV guest: for disks in files that are not raw, channels and screens. One process serves all of them; it is
/// started with the domain or when the first such disk is attached, sees further ones in the store, and is ended with the domain.</summary>
public static class DeviceModel
{
    private const string LogFolder = "/var/log/xen";
    private static readonly string[] s_places =
        ["/usr/libexec/xen-qemu-system-i386", "/usr/lib/xen-4.17/bin/qemu-system-i386", "/usr/libexec/xen/bin/qemu-system-i386", "/usr/bin/qemu-system-x86_64"];

    private const int PauseMs = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts it for a domain, unless it runs already, and waits until it serves.</summary>
    /// <exception cref="DeviceException">It cannot be started.</exception>
    public static void Ensure(StoreClient store, DomainId domain, CancellationToken cancel)
    {
        if (store.Find(StateOf(domain)) is null || Find(domain).Count == 0)
        {
            Start(store, domain, [], "/dev/null", static () => true, cancel);
        }
    }

    /// <summary>Starts it for a domain, and waits until it serves.</summary>
    /// <param name="more">Arguments that other domains do not need.</param>
    /// <param name="input">What it opens as standard input.</param>
    /// <param name="isReady">What was asked of it is there.</param>
    /// <exception cref="DeviceException">It cannot be started.</exception>
    public static void Start(StoreClient store, DomainId domain, IReadOnlyList<string> more, string input, Func<bool> isReady, CancellationToken cancel)
    {
        string program = s_places.FirstOrDefault(File.Exists) ??
            throw new DeviceException("disks that are no raw files or block devices, channels and screens need QEMU: install the package qemu-system-xen");
        string name = store.Find($"/local/domain/{domain.Value}/name") ?? Text(domain.Value);
        string state = StateOf(domain);
        store.Commit(transaction =>
        {
            var batch = new StoreBatch(store, transaction);
            batch.Make(PathOf(domain), StoreBatch.ReadableBy(domain));
            batch.Remove(state);
            batch.Finish();
        });
        Directory.CreateDirectory(LogFolder);
        var process = ChildProcess.Start(program, [.. Arguments(domain, name), .. more], input, $"{LogFolder}/qemu-{name}.log") ??
            throw new DeviceException($"cannot start {program}");
        store.Write($"/local/domain/{domain.Value}/image/device-model-pid", Text(process.Id));
        long until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        bool serves = Xenbus.WaitForNode(store, state, value => value == "running" || process.HasEnded(out _), s_patience, cancel);
        while (serves && !process.HasEnded(out _) && !isReady())
        {
            cancel.ThrowIfCancellationRequested();
            Thread.Sleep(PauseMs);
            serves = Environment.TickCount64 < until;
        }

        if (!serves || process.HasEnded(out _))
        {
            process.End();
            throw new DeviceException($"{program} does not serve domain {domain.Value}: {LogFolder}/qemu-{name}.log says why{LastLine($"{LogFolder}/qemu-{name}.log")}");
        }
    }

    private static string LastLine(string path) => File.ReadLines(path).LastOrDefault() is { Length: > 0 } line ? $": {line}" : "";

    /// <summary>Ends it, and waits until it has ended.</summary>
    public static void End(StoreClient store, DomainId domain)
    {
        if (store.Find(PathOf(domain)) is null)
        {
            return;
        }

        long until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        for (var processes = Find(domain); processes.Count > 0 && Environment.TickCount64 < until; processes = Find(domain))
        {
            processes.ForEach(ChildProcess.End);
            Thread.Sleep(20);
        }

        Channels.RemoveSockets(store, domain);
        store.Remove(PathOf(domain));
    }

    /// <summary>What stands behind its name: no machine but the backends, no screen, nothing of its user's.</summary>
    public static IReadOnlyList<string> Arguments(DomainId domain, string name) =>
    [
        "-xen-domid", Text(domain.Value), "-no-shutdown", "-nodefaults", "-no-user-config", "-xen-attach", "-name", name.Replace(",", ",,", StringComparison.Ordinal),
        "-display", "none", "-serial", "none", "-parallel", "none", "-monitor", "none", "-machine", "xenpv", "-m", "1",
    ];

    // The store may not know it: whoever started it may have been killed right then.
    private static List<int> Find(DomainId domain)
    {
        byte[] wanted = Encoding.ASCII.GetBytes($"\0-xen-domid\0{domain.Value}\0-no-shutdown\0");
        var found = new List<int>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Line(folder).AsSpan().IndexOf(wanted) > 0)
            {
                found.Add(id);
            }
        }

        return found;
    }

    // A process that has ended has no line, or is gone.
    private static byte[] Line(string folder)
    {
        try
        {
            return File.ReadAllBytes($"{folder}/cmdline");
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string StateOf(DomainId domain) => $"{PathOf(domain)}/state";

    private static string PathOf(DomainId domain) => $"/local/domain/0/device-model/{domain.Value}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
