using Sharpen.Xen;

namespace Sharpen.Xl.Commands;

/// <summary>A command that does something with CPUs and a pool.</summary>
public abstract class CpupoolCpuCommand : Command
{
    public override string Arguments => "<CPU Pool> <CPU nr>|node:<node nr>";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        uint pool = context.Pool(line.Arguments[0]).Pool;
        foreach (int cpu in context.Cpus(line.Arguments[1]))
        {
            try
            {
                Act(context, pool, cpu);
            }
            catch (XenException refused)
            {
                // As in Debian's, the others are tried, and that is no failure.
                context.Out.Complain($"xl: {refused.Message}");
            }
        }

        return 0;
    }

    /// <summary>Does it with one CPU.</summary>
    /// <exception cref="XenException">The hypervisor refused.</exception>
    protected abstract void Act(Context context, uint pool, int cpu);
}
