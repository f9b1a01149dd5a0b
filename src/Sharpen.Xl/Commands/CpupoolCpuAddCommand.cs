using Sharpen.Xen;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl cpupool-cpu-add</c></summary>
public sealed class CpupoolCpuAddCommand : Command
{
    public override string Name => "cpupool-cpu-add";

    public override string Summary => "Put CPUs that are in no pool into one";

    public override string Arguments => "<CPU Pool> <CPU nr>|node:<node nr>";

    public override string Example => "cpupool-cpu-add batch 2-3";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        uint pool = context.Pool(line.Arguments[0]).Pool;
        foreach (int cpu in context.Cpus(line.Arguments[1]))
        {
            try
            {
                context.Host.Xen.Pools.AddCpu(pool, cpu);
            }
            catch (XenException refused)
            {
                // As in Debian's, the others are tried, and that is no failure.
                context.Out.Complain($"xl: {refused.Message}");
            }
        }

        return 0;
    }
}
