using System;
using System.Linq;
using System.Text;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Booting;
using Sharpen.Toolstack.Building;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Sharpen.Toolstack.Processes;
using Sharpen.Xen;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Makes domains. Whatever step fails, nothing of the domain stays.</summary>
/// <param name="host">The host.</param>
/// <param name="defaults">What holds for all domains.</param>
public sealed class DomainCreator(Host host, ToolDefaults defaults)
{
    private const ulong KiBPerPage = 4;

    // What a guest may have beyond its target: rounding of the page tables and the like, as libxl grants it.
    private const ulong SlackKiB = 1024;

    // What the hypervisor takes for a domain beside its memory.
    private const ulong RoomKiB = 2048;

    // XEN_SYSCTL_PHYSCAP_gnttab_v2
    private const uint SecondGrants = 1 << 9;

    /// <summary>Called with the new domain's UUID before there is anything of the domain; whoever guards it destroys what has that UUID.</summary>
    public Action<Guid>? Beginning { get; init; }

    /// <summary>Called when the creation failed, and all that there was of the domain was destroyed here.</summary>
    public Action? LeftNothing { get; init; }

    /// <summary>Told what is done now, for people who wait.</summary>
    public Action<string>? Doing { get; init; }

    /// <summary>Makes a domain, and leaves it paused.</summary>
    /// <param name="config">What it is to be.</param>
    /// <param name="text">The text of the configuration, which reboots read again.</param>
    /// <param name="cancel">Ends it between steps; nothing stays then.</param>
    /// <exception cref="ToolException">It cannot be made as it is wanted.</exception>
    /// <exception cref="ImageException">Its kernel or ramdisk cannot be used.</exception>
    /// <exception cref="XenException">The hypervisor or the store refuses.</exception>
    public DomainId Create(DomainConfig config, string text, CancellationToken cancel)
    {
        // What needs no domain comes first: most mistakes are found here.
        CheckUuid(config);
        Guid uuid = config.Uuid ?? RandomUuid.Next();
        using var pending = new PendingDomain(host, uuid, LeftNothing);
        if (config.Bootloader.Length > 0)
        {
            pending.Begin(Beginning);
            Doing?.Invoke($"running {config.Bootloader} for {config.Name}");
            config = BootLoader.Choose(config, uuid, cancel);
        }

        Doing?.Invoke($"reading {config.Kernel}");
        var image = Load(config);
        if (config.Bootloader.Length > 0)
        {
            BootLoader.Clean(uuid);
        }

        cancel.ThrowIfCancellationRequested();

        DomainId? wanted = config.Domain is { } number ? new DomainId(number) : defaults.HasRandomNumbers ? RandomNumber() : null;
        var info = host.Xen.Host.GetInfo();
        Doing?.Invoke($"making room for {config.Name}");
        HostMemory.MakeRoom(host, info, defaults, config.Memory + RoomKiB, cancel);
        pending.Begin(Beginning);
        pending.Make(Creation(config, uuid, info), wanted);
        Prepare(pending.Domain, config);
        cancel.ThrowIfCancellationRequested();

        var ports = new PvPorts(
            host.Xen.Events.AllocateUnbound(pending.Domain, new DomainId(0)),
            host.Xen.Events.AllocateUnbound(pending.Domain, new DomainId(0)));
        DomainNodes.Write(host.Store, pending.Domain, config, uuid, ports);
        Doing?.Invoke($"filling the memory of {config.Name}");
        var rings = Build(pending.Domain, image, ports, image.Layout.Pages);
        cancel.ThrowIfCancellationRequested();

        DomainNodes.Introduce(host.Store, pending.Domain, rings, ports);
        AttachDevices(pending.Domain, config, cancel);
        SavedConfig.Write(pending.Domain, uuid, SavedConfig.Text, Encoding.UTF8.GetBytes(text));
        SavedConfig.Write(pending.Domain, uuid, SavedConfig.Json, ConfigJson.Write(config, uuid, defaults));
        cancel.ThrowIfCancellationRequested();
        return host.Xen.Domains.Find(pending.Domain)?.Uuid == uuid ? pending.Commit()
            : throw new ToolException($"domain {pending.Domain.Value} ({config.Name}) was destroyed while it was made");
    }

    // What fails is destroyed by its UUID: that may be nobody else's.
    private void CheckUuid(DomainConfig config)
    {
        if (config.Uuid is { } uuid && DomainDestroyer.FindByUuid(host, uuid) is { } other)
        {
            throw new ToolException($"domain {other.Value} has the UUID {uuid} already: destroy it, or leave uuid= out");
        }
    }

    private static PvImage Load(DomainConfig config)
    {
        var kernel = KernelFile.Load(config.Kernel);
        byte[] ramdisk = config.Ramdisk.Length == 0 ? [] : KernelFile.ReadAll(config.Ramdisk);
        if (Encoding.UTF8.GetByteCount(config.CommandLine) >= PvImage.MostCommandLine)
        {
            throw new ToolException($"the kernel's command line has more than {PvImage.MostCommandLine - 1} bytes: shorten it");
        }

        return new PvImage(kernel, ramdisk, config.CommandLine, PvLayout.Find(kernel, (ulong)ramdisk.Length, config.Memory / KiBPerPage));
    }

    private DomainCreation Creation(DomainConfig config, Guid uuid, in SysctlHostInfo info) => new()
    {
        Handle = uuid,
        Vcpus = config.MaximumVcpus,
        HighestPort = config.EventChannels,
        GrantFrames = config.GrantFrames ?? -1,
        MaptrackFrames = config.MaptrackFrames ?? -1,
        GrantVersion = config.GrantVersion ?? LatestGrants(info),
        Pool = config.Pool.Length == 0 ? 0 : CpuPools.Find(host, config.Pool)?.Pool ??
            throw new ToolException($"there is no CPU pool '{config.Pool}': 'xl cpupool-list' shows names and numbers"),
    };

    // The newest that the hypervisor has.
    private static int LatestGrants(in SysctlHostInfo info) => (info.Capabilities & SecondGrants) != 0 ? 2 : 1;

    private static DomainId RandomNumber() => new((ushort)Random.Shared.Next(1, 0x7ff0));

    private PvRings Build(DomainId domain, PvImage image, PvPorts ports, ulong pages)
    {
        if (!defaults.ClaimsMemory)
        {
            return new PvDomainBuilder(host.Xen, domain).Build(image, ports.Store, ports.Console);
        }

        // Claimed memory cannot be taken by others meanwhile; when there is too little, that is known at once.
        host.Xen.Memory.Claim(domain, pages);
        try
        {
            return new PvDomainBuilder(host.Xen, domain).Build(image, ports.Store, ports.Console);
        }
        finally
        {
            host.Xen.Memory.Claim(domain, 0);
        }
    }

    private void Prepare(DomainId domain, DomainConfig config)
    {
        var xen = host.Xen;
        xen.Vcpus.SetMaximum(domain, config.MaximumVcpus);
        SetAffinity(domain, config);
        xen.Memory.SetMaximum(domain, config.Memory + SlackKiB);
        xen.Memory.SetMap(domain, [(0, config.MaximumMemory * 1024, 1)]);
        if (config.TscMode != 0)
        {
            xen.Domains.SetTsc(domain, new DomctlTsc { Mode = (uint)config.TscMode });
        }

        if (config.Weight is not null || config.Cap is not null)
        {
            uint scheduler = xen.Host.GetScheduler();
            var now = xen.Vcpus.GetScheduling(domain, scheduler);
            xen.Vcpus.SetScheduling(domain, scheduler, (ushort)(config.Weight ?? now.Weight), (ushort)(config.Cap ?? now.Cap));
        }

        if (config.TimeOffset != 0)
        {
            xen.Domains.SetTimeOffset(domain, config.TimeOffset);
        }
    }

    private void SetAffinity(DomainId domain, DomainConfig config)
    {
        var mask = defaults.PvMask ?? defaults.Mask;
        if (config.HardAffinity.Count == 0 && config.SoftAffinity.Count == 0 && mask is null)
        {
            return;
        }

        var places = host.Xen.Host.GetTopology();
        int Node(int cpu) => (int)places[cpu].Node;
        for (int vcpu = 0; vcpu < config.MaximumVcpus; vcpu++)
        {
            var hard = Choose(config.HardAffinity, vcpu)?.Resolve(places.Length, Node);
            var soft = Choose(config.SoftAffinity, vcpu)?.Resolve(places.Length, Node);
            if (mask is not null)
            {
                var allowed = mask.Resolve(places.Length, Node);
                hard = Both(hard ?? CpuMask.Full(places.Length), allowed);
            }

            if (hard is { IsEmpty: true })
            {
                throw new ToolException($"vCPU {vcpu} could run nowhere: cpus = \"{Choose(config.HardAffinity, vcpu)?.Text}\" names no CPU of this host's {places.Length}");
            }

            host.Xen.Vcpus.SetAffinity(domain, vcpu, hard is null ? null : CpuSet.Of(hard.Members()), soft is null ? null : CpuSet.Of(soft.Members()));
        }
    }

    // One list is for all vCPUs; several are one for each, and those behind the last may run anywhere.
    private static CpuList? Choose(System.Collections.Generic.IReadOnlyList<CpuList> lists, int vcpu) =>
        lists.Count == 1 ? lists[0] : vcpu < lists.Count ? lists[vcpu] : null;

    private static CpuMask Both(CpuMask one, CpuMask other)
    {
        var both = new CpuMask(one.Count);
        foreach (int cpu in one.Members().Where(cpu => other[cpu]))
        {
            both[cpu] = true;
        }

        return both;
    }

    private void AttachDevices(DomainId domain, DomainConfig config, CancellationToken cancel)
    {
        if (config.Channels.Count + config.Screens.Count > 0)
        {
            Doing?.Invoke($"starting QEMU for {config.Name}");
            StartDeviceModel(domain, config, cancel);
        }

        var disks = new DiskAttacher(host.Store, domain);
        foreach (var disk in config.Disks)
        {
            Doing?.Invoke($"attaching the disk {disk.Name} of {config.Name}");
            disks.Attach(disk, cancel);
        }

        var cards = new VifAttacher(host.Store, domain, defaults.RunsHotplugScripts);
        for (int i = 0; i < config.Vifs.Count; i++)
        {
            Doing?.Invoke($"attaching the network card {config.Vifs[i].Number ?? i} of {config.Name}");
            cards.Attach(config.Vifs[i], config.Vifs[i].Number ?? i, cancel);
        }
    }

    // A display that was free a moment ago is taken by nobody of this toolstack meanwhile.
    private void StartDeviceModel(DomainId domain, DomainConfig config, CancellationToken cancel)
    {
        using var alone = HostLock.Take("displays");
        var shown = Screens.Choose(config.Screens);
        Channels.Write(host.Store, domain, config.Channels);
        Screens.Write(host.Store, domain, config.Screens, shown);
        using var password = shown is { Password.Length: > 0 } ? new SecretInput(shown.Password) : null;
        DeviceModel.Start(host.Store, domain, [.. Channels.Arguments(config.Channels), .. Screens.Arguments(shown)], password?.Path ?? "/dev/null",
            () => Screens.IsReady(shown), cancel);
    }
}
