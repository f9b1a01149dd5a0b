namespace Sharpen.Machine.Cpu;

/// <summary>What the simulated CPUs can do.</summary>
public readonly struct CpuFeatures
{
    /// <summary>The features of this host.</summary>
    public static CpuFeatures Host => default;

    /// <summary>Bits of a machine address.</summary>
    public int PhysicalBits => 46;
}
