using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl sharing</c></summary>
public sealed class SharingCommand : Command
{
    public override string Name => "sharing";

    public override string Summary => "List how much memory domains share";

    public override string Arguments => "[Domain]";

    public override string Example => "sharing";

    public override int Run(Context context, Parsed line)
    {
        context.Out.Line("Name                                        ID   Mem Shared");
        foreach (var info in context.Select(line))
        {
            context.Out.Line($"{context.NameOf(info.Id),-40} {info.Domain,5}  {(info.Frames + info.ClaimedFrames) / 256,4} {info.SharedFrames / 256,6}");
        }

        return 0;
    }
}
