using Sharpen.Toolstack.Config;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl define</c></summary>
public sealed class DefineCommand : Command
{
    public override string Name => "define";

    public override string Summary => "Keep a configuration under its domain's name, without starting it";

    public override string Arguments => "<ConfigFile> [key=value ...]";

    public override string Example => "define web.cfg memory=512";

    public override int Least => 1;

    public override bool CanRunDry => true;

    public override Option[] Options => [new('q', "quiet", "", "say nothing that is no error")];

    public override int Run(Context context, Parsed line)
    {
        var config = CreateCommand.Read(context, line, ToolDefaultsReader.ReadFile(ToolDefaults.UsualPath), out string text);
        if (context.Options.IsDry)
        {
            return 0;
        }

        string path = context.Registry().Define(config.Name, text);
        if (!line.Has("quiet"))
        {
            context.Out.Complain($"{config.Name} is defined in {path}");
        }

        return 0;
    }
}
