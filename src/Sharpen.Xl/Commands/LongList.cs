using System.Collections.Generic;
using System.Text.Json;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary>Domains as JSON: with all of their configuration, or only what they do now.</summary>
public static class LongList
{
    /// <summary>What they do now: the schema of <c>list --json</c>.</summary>
    public static void PrintStates(Context context, IReadOnlyList<DomainInfo> domains) => Json.Print(context, json =>
    {
        json.WriteStartArray();
        foreach (var info in domains)
        {
            json.WriteStartObject();
            json.WriteNumber("domid", info.Domain);
            json.WriteString("name", context.NameOf(info.Id));
            json.WriteString("uuid", info.Uuid);
            json.WriteNumber("memory_kib", (info.Frames + info.ClaimedFrames) * 4);
            json.WriteNumber("maximum_memory_kib", info.MostFrames * 4);
            json.WriteNumber("online_vcpus", info.OnlineVcpus);
            json.WriteNumber("cpu_time_ns", info.CpuTime);
            json.WriteNumber("pool", info.Pool);
            States(json, info);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>With all of their configuration, as it was saved, and what changed since: name, memory, weight.</summary>
    public static void Print(Context context, IReadOnlyList<DomainInfo> domains)
    {
        var json = new LibxlJson().Raw("[");
        for (int i = 0; i < domains.Count; i++)
        {
            var info = domains[i];
            json.Raw(i == 0 ? "\n    {\n" : ",\n    {\n").Raw($"        \"domid\": {info.Domain}");
            if (SavedConfig.Find(info.Id, info.Uuid, SavedConfig.Json) is { } saved)
            {
                Config(context, json, info, saved);
            }

            json.Raw("\n    }");
        }

        context.Out.Line(json.Raw("\n]\n").ToString());
    }

    // What is saved of dom0 has neither name nor memory: they are put where libxl has them.
    private static void Config(Context context, LibxlJson json, DomainInfo info, string saved)
    {
        bool hasMemory = false;
        bool hasScheduling = false;
        string? config = LibxlJson.Print(saved, 8, (part, path, name, indent) =>
        {
            switch (path, name)
            {
                case ("/c_info", "type"):
                    part.Member(name, indent).Raw("\"pv\"").Member("name", indent).Raw($"\"{JsonEncodedText.Encode(context.NameOf(info.Id))}\"");
                    return true;
                case ("/c_info", "name") or ("/b_info", "sched_params"):
                    return true;
                case ("/b_info", "max_memkb"):
                    return false;
                case ("/b_info", "target_memkb"):
                    hasMemory = true;
                    part.Member(name, indent).Raw($"{Target(context, info)}");
                    return true;
                case ("/b_info", "claim_mode" or "kernel" or "type.pv") when !hasScheduling:
                    hasScheduling = true;
                    if (!hasMemory)
                    {
                        string most = context.Host.Store.Find($"{Host.PathOf(info.Id)}/memory/static-max") ?? "0";
                        part.Member("max_memkb", indent).Raw(most).Member("target_memkb", indent).Raw($"{Target(context, info)}");
                    }

                    Scheduling(context, part.Member("sched_params", indent), info, indent);
                    return false;
                default:
                    return false;
            }
        });
        if (config is null)
        {
            context.Out.Complain($"xl: domain {info.Domain}: its saved configuration is damaged, and is left out");
            return;
        }

        json.Raw(",\n        \"config\": ").Raw(config);
    }

    // libxl adds the video memory, and takes a missing node for -1.
    private static long Target(Context context, in DomainInfo info)
    {
        string root = Host.PathOf(info.Id);
        _ = long.TryParse(context.Host.Store.Find($"{root}/memory/target"), out long target);
        return target + (long.TryParse(context.Host.Store.Find($"{root}/memory/videoram"), out long video) ? video : -1);
    }

    private static void Scheduling(Context context, LibxlJson json, in DomainInfo info, int indent)
    {
        uint scheduler = context.Host.Xen.Host.GetScheduler();
        var parameters = context.Host.Xen.Vcpus.GetScheduling(info.Id, scheduler);
        json.Raw("{").Member("sched", indent + 4).Raw($"\"{CpuPools.Scheduler(scheduler)}\"")
            .Member("weight", indent + 4).Raw($"{parameters.Weight}").Member("cap", indent + 4).Raw($"{parameters.Cap}")
            .Raw("\n" + new string(' ', indent) + "}");
    }

    private static void States(Utf8JsonWriter json, in DomainInfo info)
    {
        var state = info.State;
        json.WriteBoolean("running", state.HasFlag(DomainState.Running));
        json.WriteBoolean("blocked", state.HasFlag(DomainState.Blocked));
        json.WriteBoolean("paused", state.HasFlag(DomainState.Paused));
        json.WriteBoolean("dying", state.HasFlag(DomainState.Dying));
        if (state.HasFlag(DomainState.Shutdown))
        {
            json.WriteString("shutdown_reason", info.ShutdownReason.ToString().ToLowerInvariant());
        }
        else
        {
            json.WriteNull("shutdown_reason");
        }
    }
}
