using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Xen;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Pools of CPUs: the hypervisor numbers them, the store names them. Source: xl(1), xlcpupool.cfg(5).</summary>
public static class CpuPools
{
    private const string Folder = "/local/pool";
    private static readonly string?[] s_schedulers = ["sedf", "credit", "credit2", "arinc653", "rtds", "null"];
    private const uint FirstScheduler = 4;

    /// <summary>The word for a scheduler. Source: <c>XEN_SCHEDULER_*</c>, <c>domctl.h</c>.</summary>
    public static string Scheduler(uint scheduler) => scheduler is >= FirstScheduler and <= 9 ? s_schedulers[scheduler - FirstScheduler]! : "unknown";

    /// <summary>The scheduler that a word means, or null.</summary>
    public static uint? SchedulerOf(string word) => Array.IndexOf(s_schedulers, word) is var index and >= 0 ? FirstScheduler + (uint)index : null;

    /// <summary>The name of a pool.</summary>
    public static string NameOf(Host host, uint pool) =>
        host.Store.Find(string.Create(CultureInfo.InvariantCulture, $"{Folder}/{pool}/name")) ?? $"Pool-{pool}";

    /// <summary>All pools, with their CPUs.</summary>
    public static IReadOnlyList<(SysctlPool Pool, int[] Cpus)> List(Host host)
    {
        var pools = new List<(SysctlPool, int[])>();
        for (uint first = 0; host.Xen.Host.FindPool(first, out var cpus) is { } pool; first = pool.Pool + 1)
        {
            pools.Add((pool, [.. cpus.Members]));
        }

        return pools;
    }

    /// <summary>The pool that a name or number means, or null.</summary>
    public static SysctlPool? Find(Host host, string text)
    {
        foreach (var (pool, _) in List(host))
        {
            if (NameOf(host, pool.Pool) == text || pool.Pool.ToString(CultureInfo.InvariantCulture) == text)
            {
                return pool;
            }
        }

        return null;
    }

    /// <summary>Makes a pool.</summary>
    /// <param name="cpus">CPUs that are in no pool.</param>
    /// <exception cref="ToolException">The name is taken.</exception>
    /// <exception cref="XenException">The hypervisor refuses; there is no new pool then.</exception>
    public static uint Create(Host host, string name, uint scheduler, IEnumerable<int> cpus)
    {
        CheckName(host, name);
        var uuid = RandomUuid.Next();
        uint pool = host.Xen.Pools.Create(scheduler);
        try
        {
            foreach (int cpu in cpus)
            {
                host.Xen.Pools.AddCpu(pool, cpu);
            }

            string root = string.Create(CultureInfo.InvariantCulture, $"{Folder}/{pool}");
            host.Store.Commit(transaction =>
            {
                host.Store.Write($"{root}/uuid", uuid.ToString(), transaction);
                host.Store.Write($"{root}/name", name, transaction);
            });
            return pool;
        }
        catch (XenException)
        {
            Destroy(host, pool);
            throw;
        }
    }

    /// <summary>Ends a pool in which there is no domain; its CPUs are in none then.</summary>
    public static void Destroy(Host host, uint pool)
    {
        foreach (int cpu in List(host).FirstOrDefault(one => one.Pool.Pool == pool).Cpus ?? [])
        {
            host.Xen.Pools.RemoveCpu(pool, cpu);
        }

        host.Xen.Pools.Destroy(pool);
        host.Store.Remove(string.Create(CultureInfo.InvariantCulture, $"{Folder}/{pool}"));
    }

    /// <summary>Gives a pool another name.</summary>
    /// <exception cref="ToolException">It is taken.</exception>
    public static void Rename(Host host, uint pool, string name)
    {
        CheckName(host, name);
        host.Store.Write(string.Create(CultureInfo.InvariantCulture, $"{Folder}/{pool}/name"), name);
    }

    /// <summary>The CPUs of this host that words mean: those of nodes, and their numbers.</summary>
    public static IReadOnlyList<int> Resolve(Host host, CpuList list)
    {
        var places = host.Xen.Host.GetTopology();
        return [.. list.Resolve(places.Length, cpu => (int)places[cpu].Node).Members()];
    }

    /// <summary>Whether a new pool can have a name.</summary>
    /// <exception cref="ToolException">It cannot.</exception>
    public static void CheckName(Host host, string name)
    {
        if (name.Length == 0 || name.Contains('/'))
        {
            throw new ToolException($"'{name}' is no name for a CPU pool: it needs a character, and no '/'");
        }

        if (Find(host, name) is { } other)
        {
            throw new ToolException($"there is a CPU pool '{name}' already, number {other.Pool}: choose another name");
        }
    }
}
