using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl claims</c></summary>
public sealed class ClaimsCommand : Command
{
    public override string Name => "claims";

    public override string Summary => "List domains with the memory that is set aside for them";

    public override string Arguments => "";

    public override string Example => "claims";

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        var domains = context.Host.Xen.Domains.List();
        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartArray();
                foreach (var info in domains)
                {
                    json.WriteStartObject();
                    json.WriteNumber("domid", info.Domain);
                    json.WriteString("name", context.NameOf(info.Id));
                    json.WriteNumber("claimed_kib", info.ClaimedFrames * 4);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return 0;
        }

        context.Out.Line(ListCommand.Head + "  Claimed");
        foreach (var info in domains)
        {
            context.Out.Line($"{ListCommand.Line(context, info)} {info.ClaimedFrames / 256,5}");
        }

        return 0;
    }
}
