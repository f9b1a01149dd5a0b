using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl sched-credit2</c></summary>
public sealed class SchedCredit2Command() : WeightCommand(Credit2)
{
    private const uint Credit2 = 6;
    private const uint MostRateLimit = 500_000;

    public override string Name => "sched-credit2";

    public override string Summary => "Print or set the weights, caps and rate limit of the credit2 scheduler";

    public override string Arguments => "[-d <Domain> [-w WEIGHT] [-c CAP]] [-s [-r RLIMIT]] [-p CPUPOOL]";

    public override string Example => "sched-credit2 -d web -w 512";

    public override Option[] Options =>
    [
        .. DomainOptions,
        new('s', "schedparam", "", "the scheduler itself"),
        new('r', "ratelimit_us", "RLIMIT", "least microseconds before another vCPU gets a CPU"),
        new('p', "cpupool", "CPUPOOL", "this pool only"),
        Json.Option,
    ];

    public override int Run(Context context, Parsed line)
    {
        CheckDomain(line);
        if (line.Has("ratelimit_us") && !line.Has("schedparam"))
        {
            throw new CommandException(1, "-r is the scheduler's: give -s");
        }

        if (line.Has("schedparam"))
        {
            OfPool(context, line, line.Value("cpupool") is { } pool ? context.Pool(pool).Pool : 0);
        }
        else if (line.Value("domain") is { } domain)
        {
            OfDomain(context, line, context.Existing(domain));
        }
        else
        {
            OfAll(context, line);
        }

        return 0;
    }

    private static void OfPool(Context context, Parsed line, uint pool)
    {
        if (Number(line, "ratelimit_us", MostRateLimit) is { } limit)
        {
            var parameters = new SysctlSchedulerParameters { Pool = pool, Scheduler = Credit2, Command = 0, RateLimit = limit };
            Sysctl.Call(context.Host.Xen.Device, "set the scheduler's parameters", SysctlCommand.Scheduler, ref parameters);
            return;
        }

        if (!line.Has("json"))
        {
            Head(context, pool);
            return;
        }

        Json.Print(context, json =>
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("pool", CpuPools.NameOf(context.Host, pool));
            json.WriteNumber("ratelimit_us", RateLimit(context, pool));
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    private static uint RateLimit(Context context, uint pool) => context.Host.Xen.Host.GetSchedulerParameters(Credit2, pool).RateLimit;

    private static void Head(Context context, uint pool) => context.Out.Line($"Cpupool {CpuPools.NameOf(context.Host, pool)}: ratelimit={RateLimit(context, pool)}us");

    private void OfDomain(Context context, Parsed line, in DomainInfo info)
    {
        if (TrySet(context, line, info.Id))
        {
            return;
        }

        if (line.Has("json"))
        {
            JsonRows(context, [info]);
        }
        else
        {
            Rows(context, [info]);
        }
    }

    private void OfAll(Context context, Parsed line)
    {
        var pools = Pools(context, line, "cpupool");
        if (line.Has("json"))
        {
            JsonRows(context, pools.SelectMany(pool => DomainsOf(context, pool)));
            return;
        }

        foreach (uint pool in pools)
        {
            Head(context, pool);
            Rows(context, DomainsOf(context, pool));
        }
    }
}
