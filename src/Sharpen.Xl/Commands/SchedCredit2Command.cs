using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl sched-credit2</c></summary>
public sealed class SchedCredit2Command : Command
{
    private const uint Credit2 = 6;

    public override string Name => "sched-credit2";

    public override string Summary => "Print or set the weights, caps and rate limit of the credit2 scheduler";

    public override string Arguments => "[-d <Domain> [-w WEIGHT] [-c CAP]] [-s [-r RLIMIT]] [-p CPUPOOL]";

    public override string Example => "sched-credit2 -d web -w 512";

    public override Option[] Options =>
    [
        new('d', "domain", "DOMAIN", "the domain"),
        new('w', "weight", "WEIGHT", "its weight: 1 to 65535, usually 256"),
        new('c', "cap", "CAP", "its cap in percent of a CPU; 0: none"),
        new('s', "schedparam", "", "the scheduler itself"),
        new('r', "ratelimit_us", "RLIMIT", "least microseconds before another vCPU gets a CPU"),
        new('p', "cpupool", "CPUPOOL", "this pool only"),
        Json.Option,
    ];

    public override int Run(Context context, Parsed line)
    {
        if ((line.Has("weight") || line.Has("cap")) && !line.Has("domain"))
        {
            throw new CommandException(1, "-w and -c want a domain: give -d");
        }

        if (line.Has("ratelimit_us") && !line.Has("schedparam"))
        {
            throw new CommandException(1, "-r is the scheduler's: give -s");
        }

        if (line.Has("schedparam"))
        {
            return Scheduler(context, line);
        }

        return line.Value("domain") is { } domain ? OfDomain(context, line, context.Existing(domain)) : All(context, line);
    }

    private static int Scheduler(Context context, Parsed line)
    {
        if (line.Value("ratelimit_us") is { } limit)
        {
            var parameters = new SysctlSchedulerParameters { Scheduler = Credit2, Command = 0, RateLimit = Number(limit, "rate limit", 500_000) };
            Sysctl.Call(context.Host.Xen.Device, "set the scheduler's parameters", SysctlCommand.Scheduler, ref parameters);
            return 0;
        }

        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartArray();
                json.WriteStartObject();
                json.WriteString("pool", CpuPools.NameOf(context.Host, 0));
                json.WriteNumber("ratelimit_us", RateLimit(context));
                json.WriteEndObject();
                json.WriteEndArray();
            });
            return 0;
        }

        Head(context);
        return 0;
    }

    private static uint RateLimit(Context context) => context.Host.Xen.Host.GetSchedulerParameters(Credit2).RateLimit;

    private static void Head(Context context) => context.Out.Line($"Cpupool {CpuPools.NameOf(context.Host, 0)}: ratelimit={RateLimit(context)}us");

    private static int OfDomain(Context context, Parsed line, in DomainInfo info)
    {
        if (line.Has("weight") || line.Has("cap"))
        {
            var now = context.Host.Xen.Vcpus.GetScheduling(info.Id, Credit2);
            uint weight = line.Value("weight") is { } text ? Number(text, "weight", 65535) : now.Weight;
            uint cap = line.Value("cap") is { } capText ? Number(capText, "cap", 65535) : now.Cap;
            context.Host.Xen.Vcpus.SetScheduling(info.Id, Credit2, (ushort)weight, (ushort)cap);
            return 0;
        }

        Print(context, line, [info]);
        return 0;
    }

    private static int All(Context context, Parsed line)
    {
        if (context.Host.Xen.Host.GetScheduler() != Credit2)
        {
            return 0;
        }

        if (!line.Has("json"))
        {
            Head(context);
        }

        Print(context, line, [.. context.Host.Xen.Domains.List().Where(static info => info.Pool == 0)]);
        return 0;
    }

    private static void Print(Context context, Parsed line, IReadOnlyList<DomainInfo> domains)
    {
        var rows = domains.Select(info => (info.Domain, Name: context.NameOf(info.Id), Scheduling: context.Host.Xen.Vcpus.GetScheduling(info.Id, Credit2))).ToList();
        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartArray();
                foreach (var row in rows)
                {
                    json.WriteStartObject();
                    json.WriteNumber("domid", row.Domain);
                    json.WriteString("name", row.Name);
                    json.WriteNumber("weight", row.Scheduling.Weight);
                    json.WriteNumber("cap", row.Scheduling.Cap);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return;
        }

        context.Out.Line("Name                                ID Weight  Cap");
        foreach (var row in rows)
        {
            context.Out.Line($"{row.Name,-33} {row.Domain,4} {row.Scheduling.Weight,6} {row.Scheduling.Cap,4}");
        }
    }

    private static uint Number(string text, string what, uint most) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= most ? number
            : throw new CommandException(1, $"'{text}' is no {what}: a number up to {most} is");
}
