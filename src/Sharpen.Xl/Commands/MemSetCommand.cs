using System.Globalization;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl mem-set</c></summary>
public sealed class MemSetCommand : Command
{
    private const ulong SlackKiB = 1024;
    private const ulong LeastOfDom0KiB = 128 * 1024;

    public override string Name => "mem-set";

    public override string Summary => "Ask a domain's balloon for an amount of memory";

    public override string Arguments => "<Domain> <Size[b|k|m|g|t]>";

    public override string Example => "mem-set web 512m";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        ulong target = MemorySizes.Parse(line.Arguments[1]);
        if (target == 0 || (info.Domain == 0 && target < LeastOfDom0KiB))
        {
            throw new CommandException(1, $"{target >> 10} MiB are too few for domain {info.Domain}");
        }

        string root = Host.PathOf(info.Id);
        if (ulong.TryParse(context.Host.Store.Find($"{root}/memory/static-max"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong most) && target > most)
        {
            throw new CommandException(1, $"domain {info.Domain} can have at most {most >> 10} MiB: raise maxmem in its configuration");
        }

        if (info.Domain != 0)
        {
            context.Host.Xen.Memory.SetMaximum(info.Id, target + SlackKiB);
        }

        context.Host.Store.Write($"{root}/memory/target", target.ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
