using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Toolstack.Registry;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl defined-list</c></summary>
public sealed class DefinedListCommand : Command
{
    public override string Name => "defined-list";

    public override string Summary => "List domains that are defined, whether they run or not";

    public override string Arguments => "[--json]";

    public override string Example => "defined-list";

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        var rows = context.Registry().List().Select(domain => (Domain: domain, Number: Number(context, domain))).ToList();
        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartArray();
                foreach (var (domain, number) in rows)
                {
                    json.WriteStartObject();
                    json.WriteString("name", domain.Name);
                    json.WriteString("file", domain.Path);
                    json.WriteBoolean("autostart", domain.IsAutomatic);
                    if (number is { } running)
                    {
                        json.WriteNumber("domid", running.Value);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return 0;
        }

        context.Out.Line($"{"Name",-40} {"ID",5} Autostart File");
        foreach (var (domain, number) in rows)
        {
            context.Out.Line($"{domain.Name,-40} {(number is { } running ? $"{running.Value}" : "-"),5} {(domain.IsAutomatic ? "yes" : "no"),-9} {domain.Path}");
        }

        return 0;
    }

    private static DomainId? Number(Context context, DefinedDomain domain) => DomainNames.FindByName(context.Host.Store, domain.Name);
}
