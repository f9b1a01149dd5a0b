using Sharpen.Abi;

namespace Sharpen.Xl.Commands;

/// <summary>A command that does one thing to one domain, and says nothing when it went well.</summary>
public abstract class DomainCommand : Command
{
    public override string Arguments => "<Domain>";

    public override int Least => 1;

    public override int Run(Context context, Parsed line)
    {
        Act(context, context.Domain(line.Arguments[0]), line);
        return 0;
    }

    /// <summary>Does it.</summary>
    protected abstract void Act(Context context, DomainId domain, Parsed line);
}
