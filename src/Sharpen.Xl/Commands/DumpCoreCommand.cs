using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;
using Sharpen.Xl.Output;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl dump-core</c></summary>
public sealed class DumpCoreCommand : Command
{
    public override string Name => "dump-core";

    public override string Summary => "Write a domain's memory to a file, for crash-dump tools";

    public override string Arguments => "<Domain> <filename>";

    public override string Example => "dump-core web /var/tmp/web.core";

    public override int Least => 2;

    public override int Run(Context context, Parsed line)
    {
        using var progress = Progress.Begin($"writing {line.Arguments[1]}");
        CoreDump.Write(context.Host, context.Existing(line.Arguments[0]).Id, line.Arguments[1], progress is null ? null : progress.Reach);
        return 0;
    }
}
