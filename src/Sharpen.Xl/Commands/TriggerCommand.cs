using System;
using System.Globalization;
using Sharpen.Abi;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl trigger</c></summary>
public sealed class TriggerCommand : DomainCommand
{
    // By number: XEN_DOMCTL_SENDTRIGGER_*.
    private static readonly string[] s_triggers = ["nmi", "reset", "init", "power", "sleep", "s3resume"];

    public override string Name => "trigger";

    public override string Summary => "Send a domain what hardware would: an NMI, a reset, a button";

    public override string Arguments => "<Domain> <nmi|reset|init|power|sleep|s3resume> [<VCPU>]";

    public override string Example => "trigger web nmi 0";

    public override int Least => 2;

    protected override void Act(Context context, DomainId domain, Parsed line)
    {
        int trigger = Array.IndexOf(s_triggers, line.Arguments[1]);
        if (trigger < 0)
        {
            throw new CommandException(1, $"'{line.Arguments[1]}' is no trigger: one of {string.Join(", ", s_triggers)}");
        }

        if (!uint.TryParse(line[2] ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out uint vcpu))
        {
            throw new CommandException(1, $"'{line[2]}' is no vCPU's number");
        }

        context.Host.Xen.Domains.SendTrigger(domain, (uint)trigger, vcpu);
    }
}
