using System;
using System.Globalization;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xl.Processes;

namespace Sharpen.Xl.Commands;

/// <summary>What the background half of <c>xl create</c> becomes: see <see cref="Guard"/>. Not for people, and in no list.</summary>
public sealed class DomainKeeperCommand : Command
{
    public override string Name => Guard.Command;

    public override string Summary => "Stay with a domain until it ends; started by create";

    public override string Arguments => "<DomainId|UUID> <stay|rest|undo>";

    public override string Example => "domain-keeper 3 stay";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        if (line.Arguments[1] == Guard.Undo)
        {
            Log($"the creation of the domain with the UUID {line.Arguments[0]} was broken off: what there is of it is destroyed");
            DomainDestroyer.DestroyAll(context.Host, Guid.Parse(line.Arguments[0]));
            return 1;
        }

        var domain = new DomainId(ushort.Parse(line.Arguments[0], NumberStyles.None, CultureInfo.InvariantCulture));
        if (line.Arguments[1] == Guard.Rest && context.Host.Xen.Domains.Find(domain) is null)
        {
            Log($"domain {domain.Value} was not removed completely: that is done now");
            DomainDestroyer.Destroy(context.Host, domain);
            return 0;
        }

        new DomainKeeper(context.Host, Log).Keep(domain, CancellationToken.None);
        return 0;

        void Log(string text)
        {
            context.Out.Line(Guard.Stamped(text));
            context.Out.Flush();
        }
    }
}
