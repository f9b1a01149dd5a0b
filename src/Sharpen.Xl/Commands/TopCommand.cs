using System.IO;
using Sharpen.Xen.Native;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl top</c></summary>
public sealed class TopCommand : Command
{
    public override string Name => "top";

    public override string Summary => "Watch domains as they run, by xentop";

    public override string Arguments => "";

    public override string Example => "top";

    public override int Run(Context context, Parsed line)
    {
        context.Out.Flush();
        foreach (string path in new[] { "/usr/sbin/xentop", "/usr/lib/xen-4.17/bin/xentop" })
        {
            if (File.Exists(path))
            {
                Succession.Become(path, [path]);
                throw new CommandException(1, $"cannot start {path}");
            }
        }

        throw new CommandException(1, "xentop is not there: install the package xen-utils-4.17");
    }
}
