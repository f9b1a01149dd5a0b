namespace Sharpen.Xen.Control;

/// <summary>Where a vCPU may run.</summary>
/// <param name="Hard">The CPUs it may use.</param>
/// <param name="Soft">Those of them that it likes.</param>
public sealed record VcpuAffinity(CpuSet Hard, CpuSet Soft);
