using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl cpupool-rename</c></summary>
public sealed class CpupoolRenameCommand : Command
{
    public override string Name => "cpupool-rename";

    public override string Summary => "Give a CPU pool another name";

    public override string Arguments => "<CPU Pool> <New name>";

    public override string Example => "cpupool-rename batch nightly";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        CpuPools.Rename(context.Host, context.Pool(line.Arguments[0]).Pool, line.Arguments[1]);
        return 0;
    }
}
