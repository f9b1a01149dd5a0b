using Sharpen.Abi;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl unpause</c></summary>
public sealed class UnpauseCommand : DomainCommand
{
    public override string Name => "unpause";

    public override string Summary => "Let a paused domain go on";

    public override string Example => "unpause web";

    protected override void Act(Context context, DomainId domain, Parsed line) => context.Host.Xen.Domains.Unpause(domain);
}
