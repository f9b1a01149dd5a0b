namespace Sharpen.Machine.Guest;

/// <summary>The part of a vCPU's context that only Machine touches.</summary>
internal struct VcpuHardware
{
    /// <summary>Which simulated program runs.</summary>
    internal int Program;
}
