namespace Sharpen.Xl.Commands;

/// <summary><c>xl channel-list</c></summary>
public sealed class ChannelListCommand : Command
{
    public override string Name => "channel-list";

    public override string Summary => "List the channels of domains";

    public override string Arguments => "<Domain> ...";

    public override string Example => "channel-list web";

    public override int Least => 1;

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        // Channels cannot be configured here: no domain has one.
        if (!line.Has("json"))
        {
            context.Out.Line($"Idx BE state evt-ch ring-ref connection {"",30}");
        }

        foreach (string name in line.Arguments)
        {
            _ = context.Domain(name);
        }

        if (line.Has("json"))
        {
            context.Out.Line("[]");
        }

        return 0;
    }
}
