using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Building;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Toolstack.Registry;
using Sharpen.Xen;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl xendomains</c>: what Xen's script of that name does when the host starts and stops.</summary>
public sealed class XendomainsCommand : Command
{
    private const int NotRunning = 3;

    public override string Name => "xendomains";

    public override string Summary => "Start or stop the domains that start with the host";

    public override string Arguments => "<start|stop|status>";

    public override string Example => "xendomains start";

    public override int Least => 1;

    public override int Run(Context context, Parsed line)
    {
        var settings = AutostartSettings.ReadFile(AutostartSettings.UsualPath);
        return line.Arguments[0] switch
        {
            "start" => Start(context, settings),
            "stop" => Stop(context, settings),
            "status" => Status(context, settings),
            _ => throw new CommandException(2, $"'{line.Arguments[0]}' is neither start, stop nor status"),
        };
    }

    private static List<(string Name, string Path)> Automatic(Context context, AutostartSettings settings)
    {
        var domains = new List<(string, string)>();
        foreach (string path in settings.Folder.Length == 0 ? [] : new DomainRegistry(DomainRegistry.UsualFolder, settings.Folder).Automatic())
        {
            if (DomainRegistry.NameIn(path) is { } name)
            {
                domains.Add((name, path));
            }
            else
            {
                context.Out.Complain($"xl: {path} is passed over: it is no configuration of a domain");
            }
        }

        return domains;
    }

    // One that cannot be started keeps no other from it.
    private static int Start(Context context, AutostartSettings settings)
    {
        int status = 0;
        bool isFirst = true;
        foreach (var (name, path) in Automatic(context, settings).Where(domain => DomainNames.FindByName(context.Host.Store, domain.Name) is null))
        {
            Thread.Sleep(isFirst ? TimeSpan.Zero : settings.Pause);
            isFirst = false;
            try
            {
                StartCommand.Make(context, "-q", path);
                context.Out.Complain($"started {name}");
            }
            catch (Exception exception) when (exception is CommandException or ConfigException or XenException or ToolException or ImageException or DeviceException or IOException)
            {
                context.Out.Complain($"xl: {name} was not started: {exception.Message}");
                status = 1;
            }
        }

        return status;
    }

    // All are asked first, so that they stop side by side.
    private static int Stop(Context context, AutostartSettings settings)
    {
        var names = settings.StopsOnlyAutomatic ? Automatic(context, settings).Select(static domain => domain.Name).ToHashSet() : null;
        int status = 0;
        var asked = new List<DomainId>();
        foreach (var info in context.Host.Xen.Domains.List().Where(info => info.Domain != 0 && !IsOver(info) && (names is null || names.Contains(context.NameOf(info.Id)))))
        {
            try
            {
                PowerControl.Ask(context.Host, info.Id, "poweroff", CancellationToken.None);
                asked.Add(info.Id);
            }
            catch (Exception exception) when (exception is ToolException or XenException)
            {
                context.Out.Complain($"xl: {exception.Message}");
                status = 1;
            }
        }

        long until = settings.Patience == TimeSpan.Zero ? long.MaxValue : Environment.TickCount64 + (long)settings.Patience.TotalMilliseconds;
        foreach (var domain in asked)
        {
            var rest = until == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64));
            DomainWatch.Wait(context.Host, domain, IsOver, rest, CancellationToken.None);
            if (!IsOver(context.Host.Xen.Domains.Find(domain)))
            {
                context.Out.Complain($"xl: {context.NameOf(domain)} has not stopped: 'xl destroy' ends it");
                status = 1;
            }
        }

        return status;
    }

    private static int Status(Context context, AutostartSettings settings)
    {
        bool all = true;
        foreach (var (name, _) in Automatic(context, settings))
        {
            bool runs = DomainNames.FindByName(context.Host.Store, name) is not null;
            all &= runs;
            context.Out.Line($"{name,-40} {(runs ? "runs" : "does not run")}");
        }

        return all ? 0 : NotRunning;
    }

    private static bool IsOver(DomainInfo info) => info.State.HasFlag(DomainState.Shutdown) || info.State.HasFlag(DomainState.Dying);

    private static bool IsOver(DomainInfo? info) => info is not { } domain || IsOver(domain);
}
