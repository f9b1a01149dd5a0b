using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary>A command that prints or sets what one scheduler knows of domains and pools.</summary>
/// <param name="scheduler">Its number. Source: <c>XEN_SCHEDULER_*</c>, <c>domctl.h</c>.</param>
public abstract class SchedulerCommand(uint scheduler) : Command
{
    /// <summary>The scheduler's number.</summary>
    protected uint Scheduler => scheduler;

    /// <summary>The number behind an option; null when it is not there.</summary>
    /// <exception cref="CommandException">It is no number, or more than <paramref name="most"/>.</exception>
    protected static uint? Number(Parsed line, string option, uint most = uint.MaxValue) => line.Value(option) is not { } text ? null
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= most ? number
        : throw new CommandException(1, $"--{option} {text}: a number{(most == uint.MaxValue ? "" : $" up to {most}")} is wanted");

    /// <summary>The pools that have this scheduler; only the one that an option names, if it is there.</summary>
    protected List<uint> Pools(Context context, Parsed line, string option)
    {
        uint? wanted = line.Value(option) is { } name ? context.Pool(name).Pool : null;
        return [.. CpuPools.List(context.Host).Select(static one => one.Pool).Where(pool => pool.Scheduler == scheduler && (wanted is null || pool.Pool == wanted)).Select(static pool => pool.Pool)];
    }

    /// <summary>The domains of a pool.</summary>
    protected static List<DomainInfo> DomainsOf(Context context, uint pool) => [.. context.Host.Xen.Domains.List().Where(info => info.Pool == pool)];
}
