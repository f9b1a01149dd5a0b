using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl cpupool-destroy</c></summary>
public sealed class CpupoolDestroyCommand : Command
{
    public override string Name => "cpupool-destroy";

    public override string Summary => "End a CPU pool in which there is no domain";

    public override string Arguments => "<CPU Pool>";

    public override string Example => "cpupool-destroy batch";

    public override int Least => 1;

    public override int Run(Context context, Parsed line)
    {
        CpuPools.Destroy(context.Host, context.Pool(line.Arguments[0]).Pool);
        return 0;
    }
}
