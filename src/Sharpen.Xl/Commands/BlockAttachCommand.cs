using System.Linq;
using System.Threading;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Sharpen.Xen.Control;
using Sharpen.Xl.Processes;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl block-attach</c></summary>
public sealed class BlockAttachCommand : Command
{
    public override string Name => "block-attach";

    public override string Summary => "Give a running domain a disk";

    public override string Arguments => "<Domain> <disk-spec-component> ...";

    public override string Example => "block-attach web /srv/data.img,raw,xvdb,rw";

    public override int Least => 2;

    public override bool CanRunDry => true;

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        string text = string.Join(',', line.Arguments.Skip(1));
        var disk = DiskParser.Parse(text, out string problem) ?? throw new CommandException(1, problem);
        if (!context.Options.IsDry)
        {
            new DiskAttacher(context.Host.Store, info.Id).Attach(disk, CancellationToken.None);
            Guard.TellOfDisks(info.Id);
        }

        return 0;
    }
}
