using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Features;
using Sharpen.Hypervisor.Memory;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>The host in numbers: CPUs and how they are arranged, memory, what it can do.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.HostInfo, WritesBack = true)]
public readonly struct SysctlGetHostInfo : IHypercall<SysctlHostInfo>
{
    private const uint HighestNode = 63;
    private const uint CanPv = 1 << 1;
    private const uint CanGrantV1 = 1 << 8;
    private const uint CanGrantV2 = 1 << 9;
    private const uint CommonToBoth = 0x0183_f3ff;

    public static Answer Execute(ref Vcpu caller, ref SysctlHostInfo arguments)
    {
        CpuTopology topology = CpuTopology.OfHost;
        MemoryStatistics memory = FrameAllocator.Statistics;
        arguments = new SysctlHostInfo
        {
            ThreadsPerCore = topology.ThreadsPerCore,
            CoresPerSocket = topology.CoresPerSocket,
            Cpus = (uint)HostCpus.Active.Count,
            HighestCpu = HostCpus.Highest,
            Nodes = 1,
            HighestNode = HighestNode,
            CpuKilohertz = (uint)Math.Min(Clock.TicksPerSecond / 1000, uint.MaxValue),
            Capabilities = CanPv | CanGrantV1 | CanGrantV2,
            TotalFrames = Math.Max(HostMap.RamFrames, memory.TotalFrames),
            FreeFrames = memory.FreeFrames,
            HighestFrame = Math.Max(HostMap.RamEnd.Value, 1) - 1,
        };
        Span<uint> words = Layout.Items<HalfWords8, uint>(ref arguments.HardwareFeatures);
        for (int word = 0; word < words.Length; word++)
        {
            words[word] = CpuidPolicy.Host((FeatureWord)word);
        }

        // What AMD shows a second time is counted once.
        words[(int)FeatureWord.Extended1d] &= ~CommonToBoth;
        return 0;
    }
}
