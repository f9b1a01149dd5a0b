using System.Globalization;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl vcpu-set</c></summary>
public sealed class VcpuSetCommand : Command
{
    public override string Name => "vcpu-set";

    public override string Summary => "Set how many vCPUs of a domain are online";

    public override string Arguments => "[-i] <Domain> <vCPUs>";

    public override string Example => "vcpu-set web 4";

    public override int Least => 2;

    public override Option[] Options => [new('i', "ignore-host", "", "more than the host has CPUs")];

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        if (!int.TryParse(line.Arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count < 1)
        {
            throw new CommandException(1, $"'{line.Arguments[1]}' is no number of vCPUs");
        }

        uint cpus = context.Host.Xen.Host.GetInfo().Cpus;
        if (count > cpus && !line.Has("ignore-host"))
        {
            throw new CommandException(1, $"the host has {cpus} CPUs, and {count} vCPUs would be more: give --ignore-host if that is wanted");
        }

        if (count > info.HighestVcpu + 1)
        {
            throw new CommandException(1, $"domain {info.Domain} has at most {info.HighestVcpu + 1} vCPUs: raise maxvcpus in its configuration");
        }

        context.Host.Store.Commit(transaction =>
        {
            for (int vcpu = 0; vcpu <= info.HighestVcpu; vcpu++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"/local/domain/{info.Domain}/cpu/{vcpu}/availability");
                context.Host.Store.Write(path, vcpu < count ? "online" : "offline", transaction);
            }
        });
        return 0;
    }
}
