using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl sched-credit</c></summary>
public sealed class SchedCreditCommand() : WeightCommand(Credit)
{
    private const uint Credit = 5;

    public override string Name => "sched-credit";

    public override string Summary => "Print or set weights, caps and time slices of the credit scheduler";

    public override string Arguments => "[-d <Domain> [-w WEIGHT] [-c CAP]] [-s [-t TSLICE] [-r RLIMIT] [-m DLY]] [-p CPUPOOL]";

    public override string Example => "sched-credit -d web -w 512";

    public override Option[] Options =>
    [
        .. DomainOptions,
        new('s', "schedparam", "", "the scheduler itself"),
        new('t', "tslice_ms", "TSLICE", "its time slice in milliseconds"),
        new('r', "ratelimit_us", "RLIMIT", "least microseconds before another vCPU gets a CPU"),
        new('m', "migration_delay_us", "DLY", "microseconds for which a vCPU's data stay in a CPU's cache"),
        new('p', "cpupool", "CPUPOOL", "this pool only"),
    ];

    public override int Run(Context context, Parsed line)
    {
        CheckDomain(line);
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

    private int OfDomain(Context context, Parsed line, in DomainInfo info)
    {
        if (!TrySet(context, line, info.Id))
        {
            Rows(context, [info]);
        }

        return 0;
    }

    private int OfAll(Context context, Parsed line)
    {
        foreach (uint pool in Pools(context, line, "cpupool"))
        {
            Head(context, pool);
            Rows(context, DomainsOf(context, pool));
        }

        return 0;
    }
}
