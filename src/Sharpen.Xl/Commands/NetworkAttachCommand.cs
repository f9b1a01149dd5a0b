using System.Linq;
using System.Threading;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl network-attach</c></summary>
public sealed class NetworkAttachCommand : Command
{
    public override string Name => "network-attach";

    public override string Summary => "Give a running domain a network card";

    public override string Arguments => "<Domain> [key=value ...]";

    public override string Example => "network-attach web bridge=xenbr1 mac=00:16:3e:00:00:07";

    public override int Least => 1;

    public override bool CanRunDry => true;

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        var defaults = ToolDefaultsReader.ReadFile(ToolDefaults.UsualPath);
        var card = VifParser.Parse(string.Join(',', line.Arguments.Skip(1)), defaults.Vif, out string problem) ?? throw new CommandException(1, problem);
        if (!context.Options.IsDry)
        {
            int number = card.Number ?? DeviceRecords.LowestFree(context.Host.Store, info.Id, "vif");
            new VifAttacher(context.Host.Store, info.Id, defaults.RunsHotplugScripts).Attach(card, number, CancellationToken.None);
        }

        return 0;
    }
}
