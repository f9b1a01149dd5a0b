using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;
using Sharpen.Xl.Output;

namespace Sharpen.Xl.Commands;

/// <summary>Asks domains to end, by the node that their kernels watch.</summary>
public abstract class PowerCommand : Command
{
    public override string Arguments => "[options] <-a|Domain>";

    public override Option[] Options =>
    [
        new('a', "all", "", "all guests"),
        new('w', "wait", "", "wait until they have stopped; twice: until they are gone"),
        new('F', "", "", "accepted; a PV guest has no ACPI to fall back to"),
    ];

    /// <summary>What is asked.</summary>
    protected abstract string Request { get; }

    /// <summary>What is said.</summary>
    protected abstract string Announcement { get; }

    public override int Run(Context context, Parsed line)
    {
        var domains = Domains(context, line);
        foreach (var domain in domains)
        {
            context.Out.Complain($"{Announcement} domain {domain.Domain}");
            PowerControl.Ask(context.Host, domain.Id, Request, CancellationToken.None);
        }

        if (line.Has("wait"))
        {
            foreach (var domain in domains)
            {
                Wait(context, domain, line.Count("wait") > 1);
            }
        }

        return 0;
    }

    private static void Wait(Context context, DomainInfo domain, bool untilGone)
    {
        DomainInfo? ended;
        using (Progress.Begin($"waiting for domain {domain.Domain} to stop"))
        {
            ended = DomainWatch.Wait(context.Host, domain.Id, info => IsOver(info, untilGone), Timeout.InfiniteTimeSpan, CancellationToken.None);
        }

        context.Out.Complain($"Domain {domain.Domain} has been shut down");
        using (Progress.Begin($"waiting until nothing of domain {domain.Domain} is left"))
        {
            DomainWatch.WaitForNothing(context.Host, domain, ended);
        }
    }

    // One that is dying is as good as gone: what is left of it is only what others still have mapped, and nobody tells when that ends.
    private static bool IsOver(DomainInfo? info, bool untilGone) =>
        info is not { } domain || domain.State.HasFlag(DomainState.Dying) || (!untilGone && domain.State.HasFlag(DomainState.Shutdown));

    private static List<DomainInfo> Domains(Context context, Parsed line)
    {
        if (line.Has("all"))
        {
            return [.. context.Host.Xen.Domains.List().Where(static info => info.Domain != 0 && !info.State.HasFlag(DomainState.Shutdown))];
        }

        string name = line[0] ?? throw new CommandException(1, "name a domain, or give -a for all");
        return [context.Existing(name)];
    }
}
