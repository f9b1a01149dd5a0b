using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Cpu;

/// <summary>What the simulated CPU says of itself.</summary>
public readonly struct Cpuid
{
    public readonly uint Eax;
    public readonly uint Ebx;
    public readonly uint Ecx;
    public readonly uint Edx;

    /// <summary>Makes an answer.</summary>
    public Cpuid(uint eax, uint ebx, uint ecx, uint edx)
    {
        Eax = eax;
        Ebx = ebx;
        Ecx = ecx;
        Edx = edx;
    }

    /// <summary>Asks for a leaf. All zero when the CPU has no such leaf.</summary>
    public static Cpuid Query(uint leaf, uint subleaf = 0) =>
        SimulatedMachine.Current.CpuidLeaves.TryGetValue((leaf, subleaf), out Cpuid found) ? found : default;
}
