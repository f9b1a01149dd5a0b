using System.Collections.Generic;
using System.Linq;
using Sharpen.Toolstack.Devices;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl block-list</c></summary>
public sealed class BlockListCommand : Command
{
    public override string Name => "block-list";

    public override string Summary => "List the disks of domains";

    public override string Arguments => "<Domain> ...";

    public override string Example => "block-list web";

    public override int Least => 1;

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        var rows = line.Arguments.SelectMany(name => Of(context, name)).Select(paths => new DeviceRow(context.Host.Store, paths)).ToList();
        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartArray();
                foreach (var row in rows)
                {
                    json.WriteStartObject();
                    row.Write(json);
                    json.WriteString("name", row.OfBackend("dev"));
                    json.WriteString("target", row.OfBackend("params"));
                    json.WriteString("mode", row.OfBackend("mode"));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return 0;
        }

        context.Out.Line($"{"Vdev",-5} {"BE",-3} {"handle",-6} {"state",-5} {"evt-ch",-6} {"ring-ref",-8} {"BE-path",-30}");
        foreach (var row in rows)
        {
            context.Out.Line($"{row.Number,-5} {row.Backend,-3} {row.OfBackend("frontend-id"),-6} {row.State,-5} {row.OfGuest("event-channel"),-6} {row.OfGuest("ring-ref"),-8} {row.BackendPath,-30}");
        }

        return 0;
    }

    // As in Debian's: a name that means nothing is told, and is no failure.
    private static IReadOnlyList<DevicePaths> Of(Context context, string name)
    {
        if (DomainNames.Resolve(context.Host, name) is { } domain)
        {
            return DeviceRecords.List(context.Host.Store, domain, "vbd");
        }

        context.Out.Complain($"xl: {name} is no domain: 'xl list' shows names and numbers");
        return [];
    }
}
