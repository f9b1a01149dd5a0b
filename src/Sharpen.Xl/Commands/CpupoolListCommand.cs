using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl cpupool-list</c></summary>
public sealed class CpupoolListCommand : Command
{
    public override string Name => "cpupool-list";

    public override string Summary => "List CPU pools";

    public override string Arguments => "[-c] [CPU Pool]";

    public override string Example => "cpupool-list -c";

    public override Option[] Options => [new('c', "cpus", "", "their CPUs"), Json.Option];

    public override int Run(Context context, Parsed line)
    {
        var pools = Find(context);
        if (line[0] is { } wanted)
        {
            pools = [.. pools.Where(pool => pool.Name == wanted || pool.Pool.Pool.ToString(CultureInfo.InvariantCulture) == wanted)];
            if (pools.Count == 0)
            {
                throw new CommandException(1, $"there is no CPU pool '{wanted}'");
            }
        }

        if (line.Has("json"))
        {
            PrintJson(context, pools);
            return 0;
        }

        context.Out.Line(line.Has("cpus") ? "Name               CPU list" : "Name               CPUs   Sched     Active   Domain count");
        foreach (var (pool, name, cpus) in pools)
        {
            context.Out.Line(line.Has("cpus")
                ? $"{name,-19}{string.Join(',', cpus)}"
                : $"{name,-19}{cpus.Length,3} {CpuPools.Scheduler(pool.Scheduler),9}       y       {pool.Domains,4}");
        }

        return 0;
    }

    private static List<(SysctlPool Pool, string Name, int[] Cpus)> Find(Context context) =>
        [.. CpuPools.List(context.Host).Select(one => (one.Pool, CpuPools.NameOf(context.Host, one.Pool.Pool), one.Cpus))];

    private static void PrintJson(Context context, List<(SysctlPool Pool, string Name, int[] Cpus)> pools) => Json.Print(context, json =>
    {
        json.WriteStartArray();
        foreach (var (pool, name, cpus) in pools)
        {
            json.WriteStartObject();
            json.WriteNumber("pool", pool.Pool);
            json.WriteString("name", name);
            json.WriteString("scheduler", CpuPools.Scheduler(pool.Scheduler));
            json.WriteNumber("domains", pool.Domains);
            json.WriteStartArray("cpus");
            foreach (int cpu in cpus)
            {
                json.WriteNumberValue(cpu);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
