using System;
using System.Globalization;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Devices;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl network-detach</c></summary>
public sealed class NetworkDetachCommand : Command
{
    public override string Name => "network-detach";

    public override string Summary => "Take a network card from a running domain";

    public override string Arguments => "[--force] <Domain> <DevId|mac>";

    public override string Example => "network-detach web 00:16:3e:00:00:07";

    public override int Least => 2;

    public override Option[] Options => [new('\0', "force", "", "do not ask the guest")];

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        DeviceRemoval.Detach(context.Host.Store, Find(context, info.Id, line.Arguments[1]), line.Has("force"), CancellationToken.None);
        return 0;
    }

    private static DevicePaths Find(Context context, DomainId domain, string text)
    {
        foreach (var paths in DeviceRecords.List(context.Host.Store, domain, "vif"))
        {
            if (paths.Number.ToString(CultureInfo.InvariantCulture) == text ||
                string.Equals(context.Host.Store.Find($"{paths.BackendPath}/mac"), text, StringComparison.OrdinalIgnoreCase))
            {
                return paths;
            }
        }

        throw new CommandException(1, $"domain {domain.Value} has no network card '{text}': 'xl network-list' shows what it has");
    }
}
