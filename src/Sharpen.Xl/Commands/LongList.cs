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
                json.Raw(",\n        \"config\": ");
                Config(context, json, info, saved);
            }

            json.Raw("\n    }");
        }

        context.Out.Line(json.Raw("\n]\n").ToString());
    }

    private static void Config(Context context, LibxlJson json, DomainInfo info, string saved)
    {
        using var document = JsonDocument.Parse(saved);
        bool scheduled = false;
        json.Value(document.RootElement, 8, "", (path, name, indent) =>
        {
            switch (path, name)
            {
                case ("/c_info", "name"):
                    json.Member(name, indent).Raw($"\"{JsonEncodedText.Encode(context.NameOf(info.Id))}\"");
                    return true;
                case ("/b_info", "target_memkb") when info.Domain != 0:
                    json.Member(name, indent).Raw(context.Host.Store.Find($"{Host.PathOf(info.Id)}/memory/target") ?? "0");
                    return true;
                case ("/b_info", "sched_params"):
                    return true;
                case ("/b_info", "claim_mode" or "kernel" or "type.pv") when !scheduled:
                    scheduled = true;
                    Scheduling(context, json.Member("sched_params", indent), info, indent);
                    return false;
                default:
                    return false;
            }
        });
    }

    private static void Scheduling(Context context, LibxlJson json, in DomainInfo info, int indent)
    {
        uint scheduler = context.Host.Xen.Host.GetScheduler();
        var parameters = context.Host.Xen.Vcpus.GetScheduling(info.Id, scheduler);
        json.Raw("{").Member("sched", indent + 4).Raw($"\"{Pools.Scheduler(scheduler)}\"")
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
