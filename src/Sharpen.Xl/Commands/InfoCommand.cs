using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl info</c></summary>
public sealed class InfoCommand : Command
{
    private static readonly string[] s_capabilities =
        ["hvm", "pv", "hvm_directio", "hap", "shadow", "iommu_hap_pt_share", "vmtrace", "", "gnttab-v1", "gnttab-v2"];

    private readonly List<(string Name, string Value, bool IsNumber)> _facts = [];

    public override string Name => "info";

    public override string Summary => "Print what the host and its hypervisor are";

    public override string Arguments => "[-n]";

    public override string Example => "info -n";

    public override Option[] Options => [new('n', "numa", "", "also CPUs and memory by NUMA node"), Json.Option];

    public override int Run(Context context, Parsed line)
    {
        Kernel();
        Hardware(context);
        bool json = line.Has("json");
        if (line.Has("numa") && !json)
        {
            Print(context);
            _facts.Clear();
            Topology(context);
        }

        Hypervisor(context);
        if (!json)
        {
            Print(context);
            return 0;
        }

        Json.Print(context, writer =>
        {
            writer.WriteStartObject();
            foreach (var (name, value, isNumber) in _facts)
            {
                writer.WritePropertyName(name);
                if (isNumber)
                {
                    writer.WriteRawValue(value);
                }
                else
                {
                    writer.WriteStringValue(value.TrimEnd());
                }
            }

            if (line.Has("numa"))
            {
                WriteTopology(context, writer);
            }

            writer.WriteEndObject();
        });
        return 0;
    }

    private static string OfKernel(string name) => File.ReadAllText("/proc/sys/kernel/" + name).TrimEnd('\n');

    private void Print(Context context)
    {
        foreach (var (name, value, _) in _facts)
        {
            context.Out.Line($"{name,-22} : {value}");
        }
    }

    private void Add(string name, object value, bool isNumber = false) =>
        _facts.Add((name, string.Create(CultureInfo.InvariantCulture, $"{value}"), isNumber || value is not string));

    private void Kernel()
    {
        Add("host", OfKernel("hostname"));
        Add("release", OfKernel("osrelease"));
        Add("version", OfKernel("version"));
        Add("machine", "x86_64");
    }

    private void Hardware(Context context)
    {
        var info = context.Host.Xen.Host.GetInfo();
        Add("nr_cpus", info.Cpus);
        Add("max_cpu_id", info.HighestCpu);
        Add("nr_nodes", info.Nodes);
        Add("cores_per_socket", info.CoresPerSocket);
        Add("threads_per_core", info.ThreadsPerCore);
        Add("cpu_mhz", string.Create(CultureInfo.InvariantCulture, $"{info.CpuKilohertz / 1000}.{info.CpuKilohertz % 1000:D3}"), isNumber: true);
        var words = new List<string>();
        for (int i = 0; i < 8; i++)
        {
            words.Add(FeatureWord(info, i).ToString("x8", CultureInfo.InvariantCulture));
        }

        Add("hw_caps", string.Join(':', words));
        Add("virt_caps", Capabilities(info.Capabilities));
        Add("total_memory", info.TotalFrames / 256);
        Add("free_memory", (info.FreeFrames - info.ClaimedFrames) / 256);
        Add("sharing_freed_memory", Shared(context, MemoryCommand.SharingFreedPages) / 256);
        Add("sharing_used_memory", Shared(context, MemoryCommand.SharingSharedPages) / 256);
        Add("outstanding_claims", info.ClaimedFrames / 256);
        Add("free_cpus", context.Host.Xen.Host.GetFreeCpus().Members.Count());
    }

    private static uint FeatureWord(in SysctlHostInfo info, int index) => info.HardwareFeatures[index];

    // Source: XEN_SYSCTL_PHYSCAP_*, sysctl.h; PV is named before HVM.
    private static string Capabilities(uint bits)
    {
        var words = new List<string>();
        for (int i = 0; i < s_capabilities.Length; i++)
        {
            if ((bits & (1u << i)) != 0 && s_capabilities[i].Length > 0)
            {
                words.Add(s_capabilities[i]);
            }
        }

        if (words.Remove("pv"))
        {
            words.Insert(0, "pv");
        }

        if (words.IndexOf("hvm_directio") is var index and >= 0 && words.Contains("pv"))
        {
            words.Insert(index, "pv_directio");
        }

        return string.Join(' ', words);
    }

    private static long Shared(Context context, MemoryCommand command)
    {
        long pages = context.Host.Xen.Device.TryCall(Hypercall.MemoryOp, [(ulong)command], out var error);
        return error == Errno.None ? pages : 0;
    }

    private static void Topology(Context context)
    {
        context.Out.Line("cpu_topology           :");
        context.Out.Line("cpu:    core    socket     node");
        var cpus = context.Host.Xen.Host.GetTopology();
        for (int cpu = 0; cpu < cpus.Length; cpu++)
        {
            if (cpus[cpu].Core != uint.MaxValue)
            {
                context.Out.Line($"{cpu,3}:    {cpus[cpu].Core,4}     {cpus[cpu].Socket,4}     {cpus[cpu].Node,4}");
            }
        }

        context.Out.Line("device topology        :");
        context.Out.Line("device           node");
        context.Out.Line("No device topology data available");
        context.Out.Line("numa_info              :");
        context.Out.Line("node:    memsize    memfree    distances");
        var nodes = context.Host.Xen.Host.GetNodes(out uint[] distances);
        for (int node = 0; node < nodes.Length; node++)
        {
            uint[] row = distances.AsSpan(node * nodes.Length, nodes.Length).ToArray();
            context.Out.Line($"{node,4}:    {nodes[node].Bytes >> 20,6}     {nodes[node].FreeBytes >> 20,6}      {string.Join(',', row)}");
        }
    }

    private static void WriteTopology(Context context, Utf8JsonWriter json)
    {
        json.WriteStartArray("cpu_topology");
        var cpus = context.Host.Xen.Host.GetTopology();
        for (int cpu = 0; cpu < cpus.Length; cpu++)
        {
            if (cpus[cpu].Core != uint.MaxValue)
            {
                json.WriteStartObject();
                json.WriteNumber("cpu", cpu);
                json.WriteNumber("core", cpus[cpu].Core);
                json.WriteNumber("socket", cpus[cpu].Socket);
                json.WriteNumber("node", cpus[cpu].Node);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("numa_info");
        var nodes = context.Host.Xen.Host.GetNodes(out uint[] distances);
        for (int node = 0; node < nodes.Length; node++)
        {
            json.WriteStartObject();
            json.WriteNumber("node", node);
            json.WriteNumber("memsize", nodes[node].Bytes >> 20);
            json.WriteNumber("memfree", nodes[node].FreeBytes >> 20);
            json.WriteStartArray("distances");
            foreach (uint distance in distances.AsSpan(node * nodes.Length, nodes.Length))
            {
                json.WriteNumberValue(distance);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Hypervisor(Context context)
    {
        var version = context.Host.Xen.Version;
        (int major, int minor) = version.Version;
        var (compiler, by, domain, date) = version.Compilation;
        Add("xen_major", major);
        Add("xen_minor", minor);
        Add("xen_extra", version.ExtraVersion);
        Add("xen_version", $"{major}.{minor}{version.ExtraVersion}");
        Add("xen_caps", version.Capabilities);
        Add("xen_scheduler", CpuPools.Scheduler(context.Host.Xen.Host.GetScheduler()));
        Add("xen_pagesize", version.PageSize);
        Add("platform_params", $"virt_start=0x{version.VirtualStart:x}");
        Add("xen_changeset", version.ChangeSet);
        Add("xen_commandline", version.CommandLine);
        Add("cc_compiler", compiler);
        Add("cc_compile_by", by);
        Add("cc_compile_domain", domain);
        Add("cc_compile_date", date);
        Add("build_id", Convert.ToHexStringLower(version.BuildId));
        Add("xend_config_format", 4);
    }
}
