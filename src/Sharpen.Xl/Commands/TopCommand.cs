using System.Diagnostics;
using System.IO;

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
                using var process = Process.Start(new ProcessStartInfo(path) { UseShellExecute = false });
                process?.WaitForExit();
                return process?.ExitCode ?? 1;
            }
        }

        throw new CommandException(1, "xentop is not there: install the package xen-utils-4.17");
    }
}
