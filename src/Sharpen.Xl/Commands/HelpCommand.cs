namespace Sharpen.Xl.Commands;

/// <summary><c>xl help</c></summary>
public sealed class HelpCommand : Command
{
    public override string Name => "help";

    public override string Summary => "List commands, or explain one";

    public override string Arguments => "[--long] [Command]";

    public override string Example => "help create";

    public override Option[] Options => [new('\0', "long", "", "also what is seldom wanted")];

    public override int Run(Context context, Parsed line)
    {
        if (line[0] is not { } name)
        {
            Help.All(context.Out, line.Has("long"));
        }
        else if (CommandTable.Find(name) is { } command)
        {
            Help.One(context.Out, command);
        }
        else
        {
            context.Out.Line($"command \"{name}\" not implemented");
        }

        return 0;
    }
}
