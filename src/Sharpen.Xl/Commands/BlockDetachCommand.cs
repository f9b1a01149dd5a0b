using System.Linq;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Sharpen.Xen.Control;
using Sharpen.Xl.Processes;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl block-detach</c></summary>
public sealed class BlockDetachCommand : Command
{
    public override string Name => "block-detach";

    public override string Summary => "Take a disk from a running domain";

    public override string Arguments => "[--force] <Domain> <DevId>";

    public override string Example => "block-detach web xvdb";

    public override int Least => 2;

    public override Option[] Options => [new('\0', "force", "", "do not ask the guest")];

    /// <summary>The disk that an argument means: its name, or its number.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static DevicePaths Find(Context context, DomainId domain, string text)
    {
        if (!VirtualDisk.TryParse(text, out var disk))
        {
            throw new CommandException(1, $"'{text}' is no disk: write xvda or the like, or the number that 'xl block-list' shows");
        }

        return DeviceRecords.List(context.Host.Store, domain, "vbd").Where(paths => paths.Number == disk.Number).Select(static paths => (DevicePaths?)paths).FirstOrDefault() ??
            throw new CommandException(1, $"domain {domain.Value} has no disk '{text}': 'xl block-list' shows what it has");
    }

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        DeviceRemoval.Detach(context.Host.Store, Find(context, info.Id, line.Arguments[1]), line.Has("force"), CancellationToken.None);
        Guard.TellOfDisks(info.Id);
        return 0;
    }
}
