namespace Sharpen.Xl.Commands;

/// <summary><c>xl channel-list</c></summary>
public sealed class ChannelListCommand : Command
{
    public override string Name => "channel-list";

    public override string Summary => "List the channels of domains";

    public override string Arguments => "<Domain> ...";

    public override string Example => "channel-list web";

    public override int Least => 1;

    public override int Run(Context context, Parsed line)
    {
        // Channels cannot be configured here: no domain has one.
        foreach (string name in line.Arguments)
        {
            _ = context.Domain(name);
        }

        context.Out.Line($"{"Idx",-3} {"BE",-2} {"state",-5} {"evt-ch",-6} {"ring-ref",-8} {"connection params",-30}");
        return 0;
    }
}
