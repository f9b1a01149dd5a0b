namespace Sharpen.Xl.Commands;

/// <summary><c>xl cpupool-migrate</c></summary>
public sealed class CpupoolMigrateCommand : Command
{
    public override string Name => "cpupool-migrate";

    public override string Summary => "Move a domain to a CPU pool";

    public override string Arguments => "<Domain> <CPU Pool>";

    public override string Example => "cpupool-migrate web batch";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        var domain = context.Domain(line.Arguments[0]);
        context.Host.Xen.Pools.Move(domain, context.Pool(line.Arguments[1]).Pool);
        return 0;
    }
}
