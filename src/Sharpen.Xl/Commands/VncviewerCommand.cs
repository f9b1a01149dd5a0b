using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Toolstack.Processes;
using Sharpen.Xen.Control;
using Sharpen.Xl.Processes;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl vncviewer</c></summary>
public sealed class VncviewerCommand : Command
{
    private const string Viewer = "vncviewer";

    public override string Name => "vncviewer";

    public override string Summary => "Show a domain's screen by the program vncviewer";

    public override string Arguments => "[--autopass] <Domain>";

    public override string Example => "vncviewer web";

    public override int Least => 1;

    public override Option[] Options => [new('a', "autopass", "", "tell the viewer the password, which it must read from its input")];

    public override int Run(Context context, Parsed line)
    {
        var (path, arguments, password) = Find(context, context.Existing(line.Arguments[0]).Id, line.Has("autopass"));
        context.Out.Flush();
        using var input = password.Length > 0 ? new SecretInput(password + "\n") : null;
        Replacement.Become(path, arguments, input?.Path);
        throw new CommandException(1, $"cannot start {path}");
    }

    /// <summary>Starts the viewer of a domain's screen, and leaves it to itself.</summary>
    /// <exception cref="CommandException">It has none, or there is no viewer.</exception>
    public static void Start(Context context, DomainId domain, bool tellsPassword)
    {
        var (path, arguments, password) = Find(context, domain, tellsPassword);
        using var input = password.Length > 0 ? new SecretInput(password + "\n") : null;
        _ = ChildProcess.Start(path, arguments, input?.Path ?? "/dev/null", "/dev/null") ?? throw new CommandException(1, $"cannot start {path}");
    }

    private static (string Path, string[] Arguments, string Password) Find(Context context, DomainId domain, bool tellsPassword)
    {
        string console = $"{Host.PathOf(domain)}/console";
        if (!int.TryParse(context.Host.Store.Find($"{console}/vnc-port"), NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            throw new CommandException(1, $"domain {domain.Value} has no screen: give it one by vfb = [\"vnc=1\"], and make it anew");
        }

        string display = string.Create(CultureInfo.InvariantCulture, $"{context.Host.Store.Find($"{console}/vnc-listen") ?? "127.0.0.1"}:{port - ScreenSpec.FirstPort}");
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(static folder => Path.Combine(folder, Viewer)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            throw new CommandException(1, $"there is no program {Viewer} in PATH: install one, or have any viewer of VNC show {display}");
        }

        string password = tellsPassword ? PasswordOf(context, domain) : "";
        return (path, password.Length > 0 ? [display, "-autopass"] : [display], password);
    }

    // Only root may read it there.
    private static string PasswordOf(Context context, DomainId domain)
    {
        if (context.Host.Xen.Domains.Find(domain)?.Uuid is not { } uuid || SavedConfig.Find(domain, uuid, SavedConfig.Text) is not { } text)
        {
            return "";
        }

        var config = DomainConfigReader.Read($"domain {domain.Value}", ConfigDocument.Parse($"domain {domain.Value}", text), new ToolDefaults(), out _);
        foreach (var screen in config.Screens)
        {
            if (screen.IsShown)
            {
                return screen.Password;
            }
        }

        return "";
    }
}
