using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl rename</c></summary>
public sealed class RenameCommand : DomainCommand
{
    public override string Name => "rename";

    public override string Summary => "Give a domain another name";

    public override string Arguments => "<Domain> <NewName>";

    public override string Example => "rename web web-old";

    public override int Least => 2;

    protected override void Act(Context context, DomainId domain, Parsed line) =>
        DomainRenaming.Rename(context.Host, context.Existing(line.Arguments[0]), line.Arguments[1]);
}
