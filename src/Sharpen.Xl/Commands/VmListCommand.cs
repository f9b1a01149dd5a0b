using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl vm-list</c></summary>
public sealed class VmListCommand : Command
{
    public override string Name => "vm-list";

    public override string Summary => "List domains by UUID";

    public override string Arguments => "";

    public override string Example => "vm-list";

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        var domains = context.Host.Xen.Domains.List();
        if (line.Has("json"))
        {
            LongList.PrintStates(context, domains);
            return 0;
        }

        context.Out.Line("UUID                                  ID    name");
        foreach (var info in domains)
        {
            context.Out.Line($"{info.Uuid}  {info.Domain}    {context.NameOf(info.Id),-30}");
        }

        return 0;
    }
}
