using System.Collections.Generic;
using System.Linq;
using Sharpen.Toolstack.Devices;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl channel-list</c></summary>
public sealed class ChannelListCommand : Command
{
    public override string Name => "channel-list";

    public override string Summary => "List the channels of domains, and the terminal or socket where each ends";

    public override string Arguments => "<Domain> ...";

    public override string Example => "channel-list web";

    public override int Least => 1;

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        if (!line.Has("json"))
        {
            context.Out.Line($"Idx BE state evt-ch ring-ref connection {"",30}");
        }

        var rows = line.Arguments.SelectMany(name => Channels.List(context.Host.Store, context.Domain(name)))
            .Select(paths => new DeviceRow(context.Host.Store, paths)).ToList();
        if (line.Has("json"))
        {
            Print(context, rows);
            return 0;
        }

        foreach (var row in rows)
        {
            context.Out.Line($"{row.Number,-3} {row.Backend,-2} {row.State,-5} {row.OfGuest("port"),-6} {row.OfGuest("ring-ref"),-8} {row.OfBackend("connection"),-10} {End(row),-30}".TrimEnd());
        }

        return 0;
    }

    private static void Print(Context context, List<DeviceRow> rows) => Json.Print(context, json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            row.Write(json);
            json.WriteString("name", row.OfBackend("name"));
            json.WriteString("connection", row.OfBackend("connection"));
            json.WriteString("path", End(row));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string End(DeviceRow row) => row.OfBackend("connection") == "pty" ? row.TextOfGuest("tty") : row.OfBackend("path");
}
