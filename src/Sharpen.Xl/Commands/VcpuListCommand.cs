using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Sharpen.Abi;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl vcpu-list</c></summary>
public sealed class VcpuListCommand : Command
{
    public override string Name => "vcpu-list";

    public override string Summary => "List the vCPUs of domains, where they run, and where they may";

    public override string Arguments => "[Domain ...]";

    public override string Example => "vcpu-list web";

    public override Option[] Options => [Json.Option];

    public override int Run(Context context, Parsed line)
    {
        int cpus = (int)context.Host.Xen.Host.GetInfo().HighestCpu + 1;
        if (line.Has("json"))
        {
            PrintJson(context, context.Select(line), cpus);
            return 0;
        }

        context.Out.Line("Name                                ID  VCPU   CPU State   Time(s) Affinity (Hard / Soft)");
        foreach (var info in context.Select(line))
        {
            string name = context.NameOf(info.Id);
            for (int vcpu = 0; vcpu <= info.HighestVcpu; vcpu++)
            {
                var state = context.Host.Xen.Vcpus.Get(info.Id, vcpu);
                var affinity = context.Host.Xen.Vcpus.GetAffinity(info.Id, vcpu, cpus);
                string cpu = state.IsOnline != 0 ? state.Cpu.ToString(CultureInfo.InvariantCulture) : "-";
                char running = state.IsOnline != 0 && state.IsRunning != 0 ? 'r' : '-';
                char blocked = state.IsOnline != 0 && state.IsBlocked != 0 ? 'b' : '-';
                char offline = state.IsOnline != 0 ? '-' : 'p';
                context.Out.Line(string.Create(CultureInfo.InvariantCulture,
                    $"{name,-32} {info.Domain,5} {vcpu,5} {cpu,4}   {running}{blocked}{offline} {state.CpuTime / 1e9,9:F1}  {Masks.Of(affinity.Hard, cpus)} / {Masks.Of(affinity.Soft, cpus)}"));
            }
        }

        return 0;
    }

    private static void PrintJson(Context context, IReadOnlyList<DomainInfo> domains, int cpus) => Json.Print(context, json =>
    {
        json.WriteStartArray();
        foreach (var info in domains)
        {
            for (int vcpu = 0; vcpu <= info.HighestVcpu; vcpu++)
            {
                var state = context.Host.Xen.Vcpus.Get(info.Id, vcpu);
                var affinity = context.Host.Xen.Vcpus.GetAffinity(info.Id, vcpu, cpus);
                json.WriteStartObject();
                json.WriteNumber("domid", info.Domain);
                json.WriteNumber("vcpu", vcpu);
                json.WriteNumber("cpu", state.Cpu);
                json.WriteBoolean("online", state.IsOnline != 0);
                json.WriteBoolean("running", state.IsRunning != 0);
                json.WriteBoolean("blocked", state.IsBlocked != 0);
                json.WriteNumber("cpu_time_ns", state.CpuTime);
                Cpus(json, "hard_affinity", affinity.Hard, cpus);
                Cpus(json, "soft_affinity", affinity.Soft, cpus);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    });

    private static void Cpus(Utf8JsonWriter json, string name, CpuSet set, int cpus)
    {
        json.WriteStartArray(name);
        foreach (int cpu in Masks.Of(set, cpus).Members())
        {
            json.WriteNumberValue(cpu);
        }

        json.WriteEndArray();
    }
}
