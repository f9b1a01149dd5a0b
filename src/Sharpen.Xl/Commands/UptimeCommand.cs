using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl uptime</c></summary>
public sealed class UptimeCommand : Command
{
    public override string Name => "uptime";

    public override string Summary => "Print how long domains have been up";

    public override string Arguments => "[-s] [Domain ...]";

    public override string Example => "uptime web";

    public override Option[] Options => [new('s', "short", "", "one line each, with the time of day"), Json.Option];

    public override int Run(Context context, Parsed line)
    {
        var domains = context.Select(line);
        if (line.Has("json"))
        {
            PrintJson(context, domains);
            return 0;
        }

        if (!line.Has("short"))
        {
            context.Out.Line("Name                                ID Uptime");
        }

        foreach (var info in domains)
        {
            var up = UpFor(context, info);
            string days = up.Days > 1 ? $"{up.Days} days, " : up.Days == 1 ? "1 day, " : "";
            context.Out.Line(line.Has("short")
                ? string.Create(CultureInfo.InvariantCulture, $" {DateTime.Now:HH:mm:ss} up {days}{up.Hours,2}:{up.Minutes:D2}, {context.NameOf(info.Id)} ({info.Domain})")
                : string.Create(CultureInfo.InvariantCulture, $"{context.NameOf(info.Id),-32} {info.Domain,5} {days}{up.Hours,2}:{up.Minutes:D2}:{up.Seconds:D2}"));
        }

        return 0;
    }

    private static void PrintJson(Context context, IReadOnlyList<DomainInfo> domains) => Json.Print(context, json =>
    {
        json.WriteStartArray();
        foreach (var info in domains)
        {
            json.WriteStartObject();
            json.WriteNumber("domid", info.Domain);
            json.WriteString("name", context.NameOf(info.Id));
            json.WriteNumber("uptime_s", (long)UpFor(context, info).TotalSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static TimeSpan UpFor(Context context, in DomainInfo info)
    {
        if (info.Domain == 0)
        {
            return TimeSpan.FromSeconds(Seconds(File.ReadAllText("/proc/uptime").Split(' ')[0]) ?? 0);
        }

        string? machine = context.Host.Store.Find($"{Host.PathOf(info.Id)}/vm");
        double? start = machine is null ? null : Seconds(context.Host.Store.Find($"{machine}/start_time") ?? "");
        return start is { } began ? DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds((long)(began * 1000)) : TimeSpan.Zero;
    }

    private static double? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds < 1e11 ? seconds : null;
}
