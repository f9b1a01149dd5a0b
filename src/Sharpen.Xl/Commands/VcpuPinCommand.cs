using System.Globalization;
using Sharpen.Toolstack.Config;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl vcpu-pin</c></summary>
public sealed class VcpuPinCommand : Command
{
    public override string Name => "vcpu-pin";

    public override string Summary => "Say where a vCPU may run, and where it likes to";

    public override string Arguments => "[-f] <Domain> <VCPU|all> <Hard|-|all> [<Soft|-|all>]";

    public override string Example => "vcpu-pin web 0 2-3";

    public override int Least => 3;

    public override bool CanRunDry => true;

    public override Option[] Options =>
    [
        new('f', "force", "", "also when the kernel has pinned it for a while"),
        new('\0', "ignore-global-affinity-masks", "", "do not apply vm.cpumask and the like of xl.conf"),
    ];

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        var places = context.Host.Xen.Host.GetTopology();
        CpuMask? Mask(string? text, string which)
        {
            if (text is null or "-")
            {
                return null;
            }

            var list = CpuList.Parse(text, out string problem) ?? throw new CommandException(1, problem);
            var mask = list.Resolve(places.Length, cpu => (int)places[cpu].Node);
            return mask.IsEmpty ? throw new CommandException(1, $"{which}: '{text}' names no CPU of this host's {places.Length}") : mask;
        }

        var hard = Mask(line[2], "hard affinity");
        var soft = Mask(line[3], "soft affinity");
        int first = 0;
        int last = (int)info.HighestVcpu;
        if (line.Arguments[1] != "all")
        {
            first = last = int.TryParse(line.Arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out int vcpu) ? vcpu
                : throw new CommandException(1, $"'{line.Arguments[1]}' is no vCPU: write a number, or all");
        }

        for (int vcpu = first; vcpu <= last && !context.Options.IsDry; vcpu++)
        {
            context.Host.Xen.Vcpus.SetAffinity(info.Id, vcpu, hard is null ? null : Masks.Of(hard), soft is null ? null : Masks.Of(soft));
        }

        if (context.Options.IsDry)
        {
            context.Out.Complain($"cpumap: {hard?.Ranges()}");
        }

        return 0;
    }
}
