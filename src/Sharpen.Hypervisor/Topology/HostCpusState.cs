using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Topology;

/// <summary>What is known of all CPUs together. CPUs change it one at a time; others may read while one does.</summary>
internal struct HostCpusState
{
    /// <summary>The CPUs that take part.</summary>
    internal CpuMask Active;
}
