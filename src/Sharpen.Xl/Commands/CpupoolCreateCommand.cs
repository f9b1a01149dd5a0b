using System.Collections.Generic;
using System.Linq;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl cpupool-create</c></summary>
public sealed class CpupoolCreateCommand : Command
{
    public override string Name => "cpupool-create";

    public override string Summary => "Make a CPU pool as a file or the command line describes it";

    public override string Arguments => "[options] [<ConfigFile>] [Variable=value ...]";

    public override string Example => "cpupool-create 'name=\"batch\"' 'cpus=\"2-3\"'";

    public override bool CanRunDry => true;

    public override Option[] Options => [new('f', "defconfig", "FILE", "the file"), new('n', "dryrun", "", "only check, and print what would be made")];

    public override int Run(Context context, Parsed line)
    {
        string? path = line.Value("defconfig") ?? line.Arguments.FirstOrDefault(static word => !word.Contains('='));
        var document = ConfigDocument.Parse(path ?? "command line", path is null ? "" : ConfigDocument.ReadText(path));
        foreach (string setting in line.Arguments.Where(static word => word.Contains('=')))
        {
            document.Add("(command line)", setting);
        }

        var config = PoolConfig.Read(path ?? "command line", document);
        uint scheduler = config.Scheduler.Length == 0 ? context.Host.Xen.Host.GetScheduler()
            : CpuPools.SchedulerOf(config.Scheduler) ?? throw new CommandException(1, $"there is no scheduler '{config.Scheduler}': credit, credit2, rtds, null");
        CpuPools.CheckName(context.Host, config.Name);
        var cpus = Cpus(context, config);
        context.Out.Line($"Using config file \"{path ?? "command line"}\"");
        context.Out.Line($"cpupool name:   {config.Name}");
        context.Out.Line($"scheduler:      {CpuPools.Scheduler(scheduler)}");
        context.Out.Line($"number of cpus: {cpus.Count}");
        if (line.Has("dryrun") || context.Options.IsDry)
        {
            return 0;
        }

        CpuPools.Create(context.Host, config.Name, scheduler, cpus);
        return 0;
    }

    private static IReadOnlyList<int> Cpus(Context context, PoolConfig config)
    {
        var free = context.Host.Xen.Host.GetFreeCpus();
        if (config.Nodes is { } nodes)
        {
            var all = CpuPools.Resolve(context.Host, nodes).Where(free.Contains).ToList();
            return all.Count > 0 ? all : throw new CommandException(1, $"no CPU of {nodes.Text} is free: 'xl cpupool-cpu-remove' frees them");
        }

        if (config.Cpus is { } wanted)
        {
            var all = CpuPools.Resolve(context.Host, wanted);
            return all.Count > 0 && all.All(free.Contains) ? all
                : throw new CommandException(1, $"cpus = {wanted.Text} are not all free: 'xl cpupool-cpu-remove' frees them");
        }

        // The manual says otherwise; Xen's xl makes an empty pool.
        return [];
    }
}
