using System.Globalization;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl mem-max</c></summary>
public sealed class MemMaxCommand : Command
{
    private const ulong SlackKiB = 1024;

    public override string Name => "mem-max";

    public override string Summary => "Set how much memory the hypervisor lets a domain have";

    public override string Arguments => "<Domain> <Size[b|k|m|g|t]>";

    public override string Example => "mem-max web 2g";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        ulong most = MemorySizes.Parse(line.Arguments[1]);
        string? target = context.Host.Store.Find($"{Host.PathOf(info.Id)}/memory/target");
        if (info.Domain != 0 && ulong.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out ulong now) && most < now)
        {
            throw new CommandException(1, $"the limit cannot be below the target of {now >> 10} MiB: lower that by 'xl mem-set' first");
        }

        context.Host.Xen.Memory.SetMaximum(info.Id, most + SlackKiB);
        return 0;
    }
}
