using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl sharing</c></summary>
public sealed class SharingCommand : Command
{
    public override string Name => "sharing";

    public override string Summary => "List how much memory domains share";

    public override string Arguments => "[Domain]";

    public override string Example => "sharing";

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        if (line.Has("json"))
        {
            PrintJson(context, context.Select(line));
            return 0;
        }

        context.Out.Line("Name                                        ID   Mem Shared");
        foreach (var info in context.Select(line))
        {
            context.Out.Line($"{context.NameOf(info.Id),-40} {info.Domain,5}  {(info.Frames + info.ClaimedFrames) / 256,4} {info.SharedFrames / 256,6}");
        }

        return 0;
    }

    private static void PrintJson(Context context, IReadOnlyList<DomainInfo> domains) => Json.Print(context, json =>
    {
        json.WriteStartArray();
        foreach (var info in domains)
        {
            json.WriteStartObject();
            json.WriteNumber("domid", info.Domain);
            json.WriteString("name", context.NameOf(info.Id));
            json.WriteNumber("memory_kib", (info.Frames + info.ClaimedFrames) * 4);
            json.WriteNumber("shared_kib", info.SharedFrames * 4);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
