namespace Sharpen.Xl.Commands;

/// <summary><c>xl undefine</c></summary>
public sealed class UndefineCommand : Command
{
    public override string Name => "undefine";

    public override string Summary => "Forget a configuration that was kept; a domain made of it runs on";

    public override string Arguments => "<Name>";

    public override string Example => "undefine web";

    public override int Least => 1;

    public override int Run(Context context, Parsed line)
    {
        context.Registry().Undefine(line.Arguments[0]);
        return 0;
    }
}
