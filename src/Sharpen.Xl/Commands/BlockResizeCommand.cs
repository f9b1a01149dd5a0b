using Sharpen.Toolstack.Devices;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl block-resize</c></summary>
public sealed class BlockResizeCommand : Command
{
    public override string Name => "block-resize";

    public override string Summary => "Let a domain see that the file or device behind its disk has grown";

    public override string Arguments => "<Domain> <DevId>";

    public override string Example => "block-resize web xvda";

    public override int Least => 2;

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        ulong sectors = DiskResizing.Refresh(context.Host.Store, BlockDetachCommand.Find(context, info.Id, line.Arguments[1]));
        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("bytes", sectors * 512);
                json.WriteEndObject();
            });
        }

        return 0;
    }
}
