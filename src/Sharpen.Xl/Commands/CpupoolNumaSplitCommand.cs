using System.Globalization;
using System.Linq;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl cpupool-numa-split</c></summary>
public sealed class CpupoolNumaSplitCommand : Command
{
    public override string Name => "cpupool-numa-split";

    public override string Summary => "Make a CPU pool of each NUMA node; dom0 stays in the first";

    public override string Arguments => "";

    public override string Example => "cpupool-numa-split";

    public override bool CanRunDry => true;

    public override int Run(Context context, Parsed line)
    {
        if (CpuPools.List(context.Host).Count > 1)
        {
            throw new CommandException(1, "there are several CPU pools already: 'xl cpupool-destroy' ends them");
        }

        if (context.Options.IsDry)
        {
            return 0;
        }

        var places = context.Host.Xen.Host.GetTopology();
        uint scheduler = context.Host.Xen.Host.GetScheduler();
        var nodes = Enumerable.Range(0, places.Length).Where(cpu => places[cpu].Core != uint.MaxValue)
            .GroupBy(cpu => places[cpu].Node).OrderBy(static node => node.Key).ToList();
        foreach (var node in nodes.Skip(1))
        {
            foreach (int cpu in node)
            {
                context.Host.Xen.Pools.RemoveCpu(0, cpu);
            }

            CpuPools.Create(context.Host, string.Create(CultureInfo.InvariantCulture, $"Pool-node{node.Key}"), scheduler, node);
        }

        return 0;
    }
}
