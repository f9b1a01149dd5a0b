using System;
using System.Globalization;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Takes memory from dom0 for a new domain, when the host has too little that is free and <c>autoballoon</c> of xl.conf(5) allows it.</summary>
public static class HostMemory
{
    // Less than this dom0 does not keep. Source: libxl's documentation of LIBXL_MIN_DOM0_MEM.
    private const ulong LeastOfDom0KiB = 128 * 1024;
    private const int PollMilliseconds = 50;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Sees to it that there is as much free memory as is wanted, as far as dom0 can give it.</summary>
    /// <param name="info">The host as it is now.</param>
    /// <param name="wanted">KiB.</param>
    /// <exception cref="ToolException">There is too little, and dom0 does not give it.</exception>
    public static void MakeRoom(Host host, in SysctlHostInfo info, ToolDefaults defaults, ulong wanted, CancellationToken cancel)
    {
        ulong free = Free(info);
        if (free >= wanted || !IsAllowed(host, defaults))
        {
            return;
        }

        const string target = "/local/domain/0/memory/target";
        if (!ulong.TryParse(host.Store.Find(target), NumberStyles.None, CultureInfo.InvariantCulture, out ulong now) || now < LeastOfDom0KiB + (wanted - free))
        {
            throw new ToolException($"{wanted >> 10} MiB are wanted, {free >> 10} MiB are free, and dom0 keeps {LeastOfDom0KiB >> 10} MiB: use less memory=, or end a domain");
        }

        host.Store.Write(target, (now - (wanted - free)).ToString(CultureInfo.InvariantCulture));

        // As long as dom0 gives some, it goes on.
        long until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        for (ulong last = free; free < wanted && Environment.TickCount64 < until; free = Free(host.Xen.Host.GetInfo()))
        {
            cancel.ThrowIfCancellationRequested();
            until = free > last ? Environment.TickCount64 + (long)s_patience.TotalMilliseconds : until;
            last = free;
            Thread.Sleep(PollMilliseconds);
        }

        if (free < wanted)
        {
            throw new ToolException($"dom0 gives no more memory: {free >> 10} MiB are free of the {wanted >> 10} MiB that are wanted");
        }
    }

    /// <summary>Whether dom0 may be made smaller: what is said, or else only a dom0 whose size was not.</summary>
    /// <param name="commandLine">The hypervisor's.</param>
    public static bool IsAllowed(bool? said, string commandLine) =>
        said ?? !$" {commandLine}".Contains(" dom0_mem=", StringComparison.Ordinal);

    private static bool IsAllowed(Host host, ToolDefaults defaults) =>
        defaults.Autoballoon is { } said ? said : IsAllowed(null, host.Xen.Version.CommandLine);

    private static ulong Free(in SysctlHostInfo info) => (info.FreeFrames - Math.Min(info.FreeFrames, info.ClaimedFrames)) * 4;
}
