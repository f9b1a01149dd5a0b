using System.Collections.Generic;
using System.Text.Json;
using Sharpen.Abi;
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

    /// <summary>With all of their configuration, as Debian's <c>xl list -l</c>.</summary>
    public static void Print(Context context, IReadOnlyList<DomainInfo> domains) => PrintStates(context, domains);

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
