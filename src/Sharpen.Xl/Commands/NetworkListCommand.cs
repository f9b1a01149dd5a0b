using System.Linq;
using Sharpen.Toolstack.Devices;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl network-list</c></summary>
public sealed class NetworkListCommand : Command
{
    public override string Name => "network-list";

    public override string Summary => "List the network cards of domains";

    public override string Arguments => "<Domain> ...";

    public override string Example => "network-list web";

    public override int Least => 1;

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        if (!line.Has("json"))
        {
            context.Out.Line($"Idx BE Mac Addr.         handle state evt-ch   tx-/rx-ring-ref {"BE-path",-30}");
        }

        var rows = line.Arguments.SelectMany(name => DeviceRecords.List(context.Host.Store, context.Domain(name), "vif"))
            .Select(paths => new DeviceRow(context.Host.Store, paths)).ToList();
        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartArray();
                foreach (var row in rows)
                {
                    json.WriteStartObject();
                    row.Write(json);
                    json.WriteString("mac", row.OfBackend("mac"));
                    json.WriteString("bridge", row.OfBackend("bridge"));
                    json.WriteString("script", row.OfBackend("script"));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return 0;
        }

        foreach (var row in rows)
        {
            context.Out.Line($"{row.Number,-3} {row.Backend,-2} {row.OfBackend("mac"),-17} {row.Number,5} {row.State,5} {row.OfGuest("event-channel"),6} {row.OfGuest("tx-ring-ref"),5}/{row.OfGuest("rx-ring-ref"),-11} {row.BackendPath,-30}");
        }

        return 0;
    }
}
