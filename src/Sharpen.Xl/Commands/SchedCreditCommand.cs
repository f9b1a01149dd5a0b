using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl sched-credit</c></summary>
public sealed class SchedCreditCommand : Command
{
    private const uint Credit = 5;

    public override string Name => "sched-credit";

    public override string Summary => "Print or set weights, caps and time slices of the credit scheduler";

    public override string Arguments => "[-d <Domain> [-w WEIGHT] [-c CAP]] [-s [-t TSLICE] [-r RLIMIT] [-m DLY]] [-p CPUPOOL]";

    public override string Example => "sched-credit -d web -w 512";

    public override Option[] Options =>
    [
        new('d', "domain", "DOMAIN", "the domain"),
        new('w', "weight", "WEIGHT", "its weight: 1 to 65535, usually 256"),
        new('c', "cap", "CAP", "its cap in percent of a CPU; 0: none"),
        new('s', "schedparam", "", "the scheduler itself"),
        new('t', "tslice_ms", "TSLICE", "its time slice in milliseconds"),
        new('r', "ratelimit_us", "RLIMIT", "least microseconds before another vCPU gets a CPU"),
        new('m', "migration_delay_us", "DLY", "microseconds for which a vCPU's data stay in a CPU's cache"),
        new('p', "cpupool", "CPUPOOL", "this pool only"),
    ];

    public override int Run(Context context, Parsed line)
    {
        if ((line.Has("weight") || line.Has("cap")) && !line.Has("domain"))
        {
            throw new CommandException(1, "-w and -c want a domain: give -d");
        }

        if (!line.Has("schedparam") && (line.Has("tslice_ms") || line.Has("ratelimit_us") || line.Has("migration_delay_us")))
        {
            throw new CommandException(1, "-t, -r and -m are the scheduler's: give -s");
        }

        if (line.Has("schedparam"))
        {
            return OfPool(context, line, line.Value("cpupool") is { } pool ? context.Pool(pool).Pool : 0);
        }

        return line.Value("domain") is { } domain ? OfDomain(context, line, context.Existing(domain)) : OfAll(context, line);
    }

    private static int OfPool(Context context, Parsed line, uint pool)
    {
        if (!line.Has("tslice_ms") && !line.Has("ratelimit_us") && !line.Has("migration_delay_us"))
        {
            Head(context, pool);
            return 0;
        }

        var now = context.Host.Xen.Schedulers.GetCredit(pool);
        context.Host.Xen.Schedulers.SetCredit(pool, new CreditParameters(
            Number(line, "tslice_ms", 1000) ?? now.TimeSlice, Number(line, "ratelimit_us", 500_000) ?? now.RateLimit, Number(line, "migration_delay_us", 100_000) ?? now.MigrationDelay));
        return 0;
    }

    // What a pool with another scheduler says is no failure, as in Debian's.
    private static void Head(Context context, uint pool)
    {
        string text = "[sched params unavailable]";
        try
        {
            var parameters = context.Host.Xen.Schedulers.GetCredit(pool);
            text = $"tslice={parameters.TimeSlice}ms ratelimit={parameters.RateLimit}us migration-delay={parameters.MigrationDelay}us";
        }
        catch (XenException)
        {
        }

        context.Out.Line($"Cpupool {CpuPools.NameOf(context.Host, pool)}: {text}");
    }

    private static int OfDomain(Context context, Parsed line, in DomainInfo info)
    {
        uint? weight = Number(line, "weight", 65535);
        uint? cap = Number(line, "cap", 65535);
        if (weight is null && cap is null)
        {
            Rows(context, [info]);
            return 0;
        }

        var now = context.Host.Xen.Vcpus.GetScheduling(info.Id, Credit);
        context.Host.Xen.Vcpus.SetScheduling(info.Id, Credit, (ushort)(weight ?? now.Weight), (ushort)(cap ?? now.Cap));
        return 0;
    }

    private static int OfAll(Context context, Parsed line)
    {
        uint? wanted = line.Value("cpupool") is { } name ? context.Pool(name).Pool : null;
        foreach (var (pool, _) in CpuPools.List(context.Host).Where(one => one.Pool.Scheduler == Credit && (wanted is null || one.Pool.Pool == wanted)))
        {
            Head(context, pool.Pool);
            Rows(context, [.. context.Host.Xen.Domains.List().Where(info => info.Pool == pool.Pool)]);
        }

        return 0;
    }

    private static void Rows(Context context, IReadOnlyList<DomainInfo> domains)
    {
        context.Out.Line("Name                                ID Weight  Cap");
        foreach (var info in domains)
        {
            var scheduling = context.Host.Xen.Vcpus.GetScheduling(info.Id, Credit);
            context.Out.Line($"{context.NameOf(info.Id),-33} {info.Domain,4} {scheduling.Weight,6} {scheduling.Cap,4}");
        }
    }

    private static uint? Number(Parsed line, string option, uint most) => line.Value(option) is not { } text ? null
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= most ? number
        : throw new CommandException(1, $"--{option} {text}: a number up to {most} is wanted");
}
