using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;
using Sharpen.Xen.Native;
using Sharpen.Xl.Processes;

namespace Sharpen.Xl.Commands;

/// <summary>The background process of domains, and what it has done: see <see cref="Keeper"/>. Not for people, and in no list.</summary>
public sealed class DomainKeeperCommand : Command
{
    public override string Name => Guard.Command;

    public override string Summary => "Stay with a domain until it ends; started by create";

    public override string Arguments => "<DomainId|UUID|all> <stay|rest|undo|files>";

    public override string Example => "domain-keeper 3 stay";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        if (line.Arguments[0] == Guard.All)
        {
            return KeepAll(line.Arguments[1]);
        }

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

        // The one that follows it is kept as this one was.
        if (new DomainKeeper(context.Host, Log).Follow(domain, CancellationToken.None) is { } next && context.Host.Xen.Domains.Find(next) is { } info)
        {
            Guard.Keep(next, info.Uuid, DomainNames.Find(context.Host, next) ?? $"domain-{next.Value}");
        }

        return 0;

        void Log(string text)
        {
            context.Out.Line(Guard.Stamped(text));
            context.Out.Flush();
        }
    }

    // The files are the socket that it listens to, and the lock that says that there is a keeper.
    private static int KeepAll(string files)
    {
        int[] numbers = [.. files.Split(',').Select(static text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture))];
        Directory.SetCurrentDirectory("/");
        using var held = Succession.Take(numbers[1]);
        var kept = new KeptDomains(Guard.KeptFolder);
        kept.TakeOver();
        using var keeper = new Keeper(new LocalListener(Succession.Take(numbers[0]), Guard.SocketPath), kept);
        keeper.Run();
        return 0;
    }
}
