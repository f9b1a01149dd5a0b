using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl sched-rtds</c></summary>
public sealed class SchedRtdsCommand() : SchedulerCommand(RealTime)
{
    private const uint RealTime = 8;

    public override string Name => "sched-rtds";

    public override string Summary => "Print or set periods and budgets of the real-time scheduler RTDS";

    public override string Arguments => "[-d <Domain> [-v VCPUID|all] [-p PERIOD] [-b BUDGET] [-e 0|1]] [-c CPUPOOL]";

    public override string Example => "sched-rtds -d web -v all -p 10000 -b 4000";

    public override Option[] Options =>
    [
        new('d', "domain", "DOMAIN", "the domain"),
        new('v', "vcpuid", "VCPUID|all", "one of its vCPUs, or each of them"),
        new('p', "period", "PERIOD", "microseconds"),
        new('b', "budget", "BUDGET", "microseconds of each period"),
        new('e', "extratime", "0|1", "whether it may use time that nobody else wants"),
        new('c', "cpupool", "CPUPOOL", "this pool only"),
    ];

    public override int Run(Context context, Parsed line)
    {
        bool sets = line.Has("period") || line.Has("budget") || line.Has("extratime");
        if (sets && !line.Has("domain"))
        {
            throw new CommandException(1, "-p, -b and -e want a domain: give -d");
        }

        if (line.Value("domain") is { } name)
        {
            var info = context.Existing(name);
            int[]? vcpus = Vcpus(line, info);
            if (sets)
            {
                Set(context, line, info.Id, vcpus);
            }
            else
            {
                Rows(context, line, [info]);
            }

            return 0;
        }

        foreach (uint pool in Pools(context, line, "cpupool"))
        {
            context.Out.Line($"Cpupool {CpuPools.NameOf(context.Host, pool)}: sched=RTDS");
            Rows(context, line, DomainsOf(context, pool));
        }

        return 0;
    }

    // Null: the domain as a whole.
    private static int[]? Vcpus(Parsed line, in DomainInfo info) => line.Value("vcpuid") switch
    {
        null => null,
        "all" => [.. Enumerable.Range(0, (int)info.HighestVcpu + 1)],
        { } text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int vcpu) && vcpu <= info.HighestVcpu ? [vcpu]
            : throw new CommandException(1, $"'{text}' is no vCPU of domain {info.Domain}: 0 to {info.HighestVcpu} are, or all"),
    };

    private static void Set(Context context, Parsed line, DomainId domain, int[]? vcpus)
    {
        var schedulers = context.Host.Xen.Schedulers;
        if (vcpus is null)
        {
            schedulers.SetRealTime(domain, Changed(line, schedulers.GetRealTime(domain)));
            return;
        }

        foreach (int vcpu in vcpus)
        {
            schedulers.SetRealTime(domain, vcpu, Changed(line, schedulers.GetRealTime(domain, vcpu)));
        }
    }

    private static RealTimeParameters Changed(Parsed line, RealTimeParameters now) =>
        new(Number(line, "period") ?? now.Period, Number(line, "budget") ?? now.Budget, Number(line, "extratime") is { } extra ? extra != 0 : now.HasExtra);

    private static void Rows(Context context, Parsed line, IReadOnlyList<DomainInfo> domains)
    {
        bool each = line.Has("vcpuid");
        context.Out.Line($"{"Name",-33} {"ID",4} {(each ? "VCPU " : "")}{"Period",9} {"Budget",9} {"Extratime",10}");
        foreach (var info in domains)
        {
            string name = context.NameOf(info.Id);
            foreach (int vcpu in Vcpus(line, info) ?? [-1])
            {
                var times = each ? context.Host.Xen.Schedulers.GetRealTime(info.Id, vcpu) : context.Host.Xen.Schedulers.GetRealTime(info.Id);
                context.Out.Line($"{name,-33} {info.Domain,4} {(each ? $"{vcpu,4} " : "")}{times.Period,9} {times.Budget,9} {(times.HasExtra ? "yes" : "no"),10}");
            }
        }
    }
}
