using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl destroy</c></summary>
public sealed class DestroyCommand : DomainCommand
{
    public override string Name => "destroy";

    public override string Summary => "End a domain at once, as if its power were cut";

    public override string Arguments => "[-f] <Domain>";

    public override string Example => "destroy web";

    public override Option[] Options => [new('f', "", "", "also domain 0, from another control domain")];

    protected override void Act(Context context, DomainId domain, Parsed line)
    {
        if (domain.Value == 0 && !line.Has("f"))
        {
            throw new CommandException(1, "domain 0 is not destroyed without -f, and never by itself");
        }

        if (context.Host.Xen.Domains.Find(domain) is null)
        {
            throw new CommandException(1, $"domain {domain.Value} is not there: 'xl list' shows what is");
        }

        DomainDestroyer.Destroy(context.Host, domain);
    }
}
