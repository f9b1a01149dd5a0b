using Sharpen.Abi;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl pause</c></summary>
public sealed class PauseCommand : DomainCommand
{
    public override string Name => "pause";

    public override string Summary => "Stop a domain's vCPUs; it keeps its memory";

    public override string Example => "pause web";

    protected override void Act(Context context, DomainId domain, Parsed line) => context.Host.Xen.Domains.Pause(domain);
}
