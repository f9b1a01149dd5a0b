namespace Sharpen.Abi;

/// <summary><c>struct xenpf_cpu_ol</c>: the CPU that comes or goes. Source: <c>platform.h</c>.</summary>
public struct PlatformCpu : IAbiData
{
    /// <summary><c>cpuid</c></summary>
    public uint Cpu;
}
