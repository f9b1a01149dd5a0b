using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl sysrq</c></summary>
public sealed class SysrqCommand : DomainCommand
{
    public override string Name => "sysrq";

    public override string Summary => "Press a magic SysRq key of a Linux guest";

    public override string Arguments => "<Domain> <letter>";

    public override string Example => "sysrq web s";

    public override int Least => 2;

    protected override void Act(Context context, DomainId domain, Parsed line)
    {
        string letter = line.Arguments[1];
        if (letter.Length != 1)
        {
            throw new CommandException(1, $"'{letter}' is no SysRq key: it is one letter, like s, u or b");
        }

        context.Host.Store.Write($"{Host.PathOf(context.Existing(line.Arguments[0]).Id)}/control/sysrq", letter);
    }
}
