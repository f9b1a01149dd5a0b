using System;
using System.Globalization;
using System.IO;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xl.Processes;

namespace Sharpen.Xl.Commands;

/// <summary>What <c>xl create</c> starts in the background: see <see cref="Guard"/>. Not for people, and in no list.</summary>
public sealed class DomainKeeperCommand : Command
{
    public override string Name => Guard.Command;

    public override string Summary => "Stay with a domain until it ends; started by create";

    public override string Arguments => "<DomainId> <stay|leave>";

    public override string Example => "domain-keeper 3 stay";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        var domain = new DomainId(ushort.Parse(line.Arguments[0], NumberStyles.None, CultureInfo.InvariantCulture));
        if (!IsDone())
        {
            Log($"the creation of domain {domain.Value} was broken off: what there is of it is destroyed");
            DomainDestroyer.Destroy(context.Host, domain);
            return 1;
        }

        if (line.Arguments[1] == "stay")
        {
            new DomainKeeper(context.Host, Log).Keep(domain, CancellationToken.None);
        }

        return 0;

        void Log(string text)
        {
            context.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss} {text}"));
            context.Out.Flush();
        }
    }

    private static bool IsDone()
    {
        using var handle = new SafeFileHandle(0, ownsHandle: false);
        using var input = new FileStream(handle, FileAccess.Read, 0);
        return input.ReadByte() == Guard.Done;
    }
}
