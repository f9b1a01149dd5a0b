using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xl.Output;
using Sharpen.Xl.Processes;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl create</c></summary>
public sealed class CreateCommand : Command
{
    public override string Name => "create";

    public override string Summary => "Make a domain as a file describes it, and start it";

    public override string Arguments => "<ConfigFile> [options] [key=value ...]";

    public override string Example => "create /etc/xen/web.cfg 'memory=512; vcpus=2' -c";

    public override bool CanRunDry => true;

    public override Option[] Options =>
    [
        new('f', "defconfig", "FILE", "the file"),
        new('p', "", "", "leave it paused"),
        new('c', "", "", "attach to its console"),
        new('F', "", "", "stay until it ends, and do what on_reboot and the like say"),
        new('e', "", "", "do not wait for its end in the background"),
        new('n', "dryrun", "", "only check, and print what would be made"),
        new('q', "quiet", "", "say nothing that is no error"),
        new('d', "", "", "say more"),
        new('V', "vncviewer", "", "show its screen"),
        new('A', "vncviewer-autopass", "", "tell the viewer the password"),
        new('\0', "ignore-global-affinity-masks", "", "do not apply vm.cpumask and the like of xl.conf"),
        Json.Option,
    ];

    public override int Run(Context context, Parsed line)
    {
        var defaults = ToolDefaultsReader.ReadFile(ToolDefaults.UsualPath);
        if (line.Has("ignore-global-affinity-masks"))
        {
            defaults = defaults with { Mask = null, PvMask = null };
        }

        var config = Read(context, line, defaults, out string text);
        if (line.Has("dryrun") || context.Options.IsDry)
        {
            context.Out.Write(ConfigJson.Write(config, config.Uuid ?? Guid.Empty, defaults));
            context.Out.Line();
            return 0;
        }

        return Create(context, line, defaults, config, text);
    }

    private static int Create(Context context, Parsed line, ToolDefaults defaults, DomainConfig config, string text)
    {
        // A signal ends xl at once, as SIGKILL does: then the guard undoes what was done.
        using var guard = new Guard();
        DomainId domain;
        using (var progress = line.Has("quiet") ? null : Progress.Begin($"making {config.Name}"))
        {
            domain = Make(context, line, defaults, config, text, guard, progress);
        }

        if (!line.Has("p"))
        {
            context.Host.Xen.Domains.Unpause(domain);
        }

        guard.Commit(domain, config.Disks.Count > 0);
        Report(context, line, config, domain);
        if (line.Has("vncviewer"))
        {
            VncviewerCommand.Start(context, domain, line.Has("vncviewer-autopass"));
        }

        if (line.Has("c"))
        {
            context.Out.Flush();
            return ConsoleCommand.Attach(context, domain, 0);
        }

        if (line.Has("F"))
        {
            using var cancellation = new CancellationTokenSource();
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Cancel(signal, cancellation));
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Cancel(signal, cancellation));
            new DomainKeeper(context.Host, context.Out.Complain).Keep(domain, cancellation.Token);
        }

        return 0;
    }

    private static DomainId Make(Context context, Parsed line, ToolDefaults defaults, DomainConfig config, string text, Guard guard, Progress? progress) =>
        new DomainCreator(context.Host, defaults)
        {
            Beginning = uuid => guard.Start(uuid, config, !line.Has("e") && !line.Has("F")),
            LeftNothing = guard.Dismiss,
            Doing = progress is null ? null : progress.Step,
        }.Create(config, text, CancellationToken.None);

    private static void Report(Context context, Parsed line, DomainConfig config, DomainId domain)
    {
        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("domid", domain.Value);
                json.WriteString("name", config.Name);
                json.WriteEndObject();
            });
        }
    }

    private static void Cancel(PosixSignalContext signal, CancellationTokenSource cancellation)
    {
        signal.Cancel = true;
        cancellation.Cancel();
    }

    /// <summary>The configuration that a line names: the file, and behind it what the line sets.</summary>
    /// <param name="text">Both as one text.</param>
    /// <exception cref="CommandException">There is no such file, or more than one.</exception>
    /// <exception cref="ConfigException">It cannot be used.</exception>
    internal static DomainConfig Read(Context context, Parsed line, ToolDefaults defaults, out string text)
    {
        string? path = line.Value("defconfig");
        var settings = new List<string>();
        foreach (string argument in line.Arguments)
        {
            if (argument.Contains('='))
            {
                settings.Add(argument);
            }
            else if (path is null)
            {
                path = argument;
            }
            else
            {
                throw new CommandException(1, $"there are two files, {path} and {argument}: one domain has one");
            }
        }

        text = path is null ? "" : ReadFile(path);
        var document = ConfigDocument.Parse(path ?? "(no file)", text);
        if (!line.Has("quiet") && path is not null)
        {
            context.Out.Complain($"Parsing config from {path}");
        }

        foreach (string setting in settings)
        {
            document.Add("(command line)", setting);
            text += "\n" + setting;
        }

        var config = DomainConfigReader.Read(path ?? "(no file)", document, defaults, out var warnings);
        foreach (var warning in warnings.Where(_ => !line.Has("quiet")))
        {
            context.Out.Complain(warning.ToString());
        }

        return config;
    }

    private static string ReadFile(string path)
    {
        try
        {
            return ConfigDocument.ReadText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(1, $"cannot read {path}: {exception.Message}");
        }
    }
}
