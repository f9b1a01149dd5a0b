using System;
using System.Globalization;
using Sharpen.Abi;
using Sharpen.Toolstack.Building;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Sharpen.Xen;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>The nodes of a domain in the store, as guests, Linux' drivers and other tools expect them. Source: xenstore-paths.</summary>
public static class DomainNodes
{
    private const string Backends = "/local/domain/0/backend";
    private const int ConsoleBufferBytes = 1 << 20;

    /// <summary>Writes all that is known before the domain is built, at once.</summary>
    /// <param name="uuid">The domain's UUID.</param>
    /// <exception cref="ToolException">Another domain has that name.</exception>
    public static void Write(StoreClient store, DomainId domain, DomainConfig config, Guid uuid, PvPorts ports) => store.Commit(transaction =>
    {
        if (DomainNames.FindByName(store, config.Name, transaction) is { } other && other.Value != domain.Value)
        {
            throw new ToolException($"there is a domain '{config.Name}' already, number {other.Value}: destroy or rename it, or choose another name");
        }

        var batch = new StoreBatch(store, transaction);
        string root = Host.PathOf(domain);
        var readable = StoreBatch.ReadableBy(domain);
        batch.Remove(root);
        batch.Make(root, readable);
        batch.Write($"{root}/vm", $"/vm/{uuid}");
        batch.Write($"{root}/name", config.Name);
        batch.Write($"{root}/domid", Text(domain.Value));
        for (int vcpu = 0; vcpu < config.MaximumVcpus; vcpu++)
        {
            batch.Write($"{root}/cpu/{vcpu}/availability", vcpu < config.Vcpus ? "online" : "offline");
        }

        batch.Write($"{root}/memory/static-max", Text(config.MaximumMemory));
        batch.Write($"{root}/memory/target", Text(config.Memory));
        batch.Write($"{root}/memory/videoram", "0");
        GuestFolders(batch, root, domain);
        Console(batch, root, domain);
        batch.Write($"{root}/store/port", Text(ports.Store.Value));
        batch.Write($"{root}/console/port", Text(ports.Console.Value));
        Machine(batch, config, domain, uuid);
        string record = Host.ToolPathOf(domain);
        batch.Write($"{record}/type", "pv");
        batch.Write($"{record}/dm-version", "qemu_xen");
        batch.Finish();
    });

    /// <summary>Writes where the rings are, and tells the store of them.</summary>
    public static void Introduce(StoreClient store, DomainId domain, PvRings rings, PvPorts ports)
    {
        string root = Host.PathOf(domain);
        var queue = store.Queue();
        queue.Write($"{root}/store/ring-ref", Text(rings.Store.Value));
        queue.Write($"{root}/console/ring-ref", Text(rings.Console.Value));
        queue.Introduce(domain, new Gfn(rings.Store.Value), ports.Store);
        queue.Finish();
    }

    /// <summary>Has the store forget a domain that was gone before; of one that goes now the hypervisor tells it.</summary>
    public static void Release(StoreClient store, DomainId domain)
    {
        var queue = store.Queue();
        queue.Release(domain);
        queue.Finish();
    }

    /// <summary>Removes everything.</summary>
    public static void Remove(StoreClient store, DomainId domain)
    {
        string? machine = store.Find($"{Host.PathOf(domain)}/vm");
        var kinds = store.List(Backends);
        var queue = store.Queue();
        queue.Remove(Host.PathOf(domain));
        queue.Remove(Host.ToolPathOf(domain));
        if (machine is not null && machine.StartsWith("/vm/", StringComparison.Ordinal))
        {
            queue.Remove(machine);
        }

        foreach (string kind in kinds)
        {
            queue.Remove($"{Backends}/{kind}/{domain.Value}");
        }

        queue.Finish();
        foreach (string kind in kinds)
        {
            RemoveIfEmpty(store, $"{Backends}/{kind}");
        }
    }

    // Another domain may get a node there at the same time.
    private static void RemoveIfEmpty(StoreClient store, string folder)
    {
        if (store.List(folder).Count == 0)
        {
            store.Commit(transaction =>
            {
                if (store.List(folder, transaction).Count == 0)
                {
                    store.Remove(folder, transaction);
                }
            });
        }
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    // What the guest itself writes.
    private static void GuestFolders(StoreBatch batch, string root, DomainId domain)
    {
        var own = StoreBatch.OwnedBy(domain);
        batch.Make($"{root}/device", StoreBatch.ReadableBy(domain));
        batch.Make($"{root}/device/suspend");
        batch.Write($"{root}/device/suspend/event-channel", "", own);
        batch.Make($"{root}/control", StoreBatch.ReadableBy(domain));
        foreach (string name in (ReadOnlySpan<string>)["shutdown", "feature-poweroff", "feature-reboot", "feature-suspend", "sysrq"])
        {
            batch.Write($"{root}/control/{name}", "", own);
        }

        batch.Write($"{root}/control/platform-feature-multiprocessor-suspend", "1");
        batch.Write($"{root}/control/platform-feature-xs_reset_watches", "1");
        foreach (string name in (ReadOnlySpan<string>)["data", "drivers", "feature", "attr", "error"])
        {
            batch.Write($"{root}/{name}", "", own);
        }
    }

    private static void Console(StoreBatch batch, string root, DomainId domain)
    {
        string console = $"{root}/console";
        string backend = $"/local/domain/0/backend/console/{domain.Value}/0";
        string record = $"{Host.ToolPathOf(domain)}/device/console/0";
        batch.Make(console, StoreBatch.ReadableBy(domain));
        batch.Write($"{console}/backend", backend);
        batch.Write($"{console}/backend-id", "0");
        batch.Write($"{console}/limit", Text(ConsoleBufferBytes));
        batch.Write($"{console}/type", "xenconsoled");
        batch.Write($"{console}/output", "pty");
        batch.Write($"{console}/tty", "");
        batch.Make(backend, StoreBatch.ReadableBy(domain));
        batch.WriteAll(backend, [new("frontend", console), new("frontend-id", Text(domain.Value)), new("online", "1"), new("state", "1"), new("protocol", "vt100")]);
        batch.Make(record, StoreBatch.Ours);
        batch.WriteAll(record, [new("frontend", console), new("backend", backend)]);
    }

    private static void Machine(StoreBatch batch, DomainConfig config, DomainId domain, Guid uuid)
    {
        string machine = $"/vm/{uuid}";
        batch.Make(machine, StoreBatch.ReadableBy(domain));
        batch.Write($"{machine}/name", config.Name);
        batch.Write($"{machine}/uuid", uuid.ToString());
        batch.Write($"{machine}/image/ostype", "linux");
        batch.Write($"{machine}/image/kernel", config.Kernel);
        if (config.Ramdisk.Length > 0)
        {
            batch.Write($"{machine}/image/ramdisk", config.Ramdisk);
        }

        batch.Write($"{machine}/image/cmdline", config.CommandLine);
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        batch.Write($"{machine}/start_time", string.Create(CultureInfo.InvariantCulture, $"{now / 1000}.{now % 1000 / 10:D2}"));
    }
}
