namespace Sharpen.Xl.Commands;

/// <summary><c>xl autostart</c></summary>
public sealed class AutostartCommand : Command
{
    public override string Name => "autostart";

    public override string Summary => "Have a domain that is defined start with the host, or not";

    public override string Arguments => "[--disable] <Name>";

    public override string Example => "autostart web";

    public override int Least => 1;

    public override Option[] Options => [new('\0', "disable", "", "it starts no more with the host")];

    public override int Run(Context context, Parsed line)
    {
        context.Registry().SetAutomatic(line.Arguments[0], !line.Has("disable"));
        return 0;
    }
}
