using System.Globalization;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary>CPU pools: the hypervisor numbers them, the store names them.</summary>
public static class Pools
{
    /// <summary>The name of a pool.</summary>
    public static string NameOf(Host host, uint pool) =>
        pool == 0 ? "Pool-0" : host.Store.Find(string.Create(CultureInfo.InvariantCulture, $"/local/pool/{pool}/name")) ?? $"Pool-{pool}";

    /// <summary>The word for a scheduler. Source: <c>XEN_SCHEDULER_*</c>, <c>domctl.h</c>.</summary>
    public static string Scheduler(uint scheduler) => scheduler switch
    {
        4 => "sedf",
        5 => "credit",
        6 => "credit2",
        7 => "arinc653",
        8 => "rtds",
        9 => "null",
        _ => "unknown",
    };
}
