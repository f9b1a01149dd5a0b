namespace Sharpen.Machine.Cpu;

/// <summary>What the CPU says of itself. Source: AMD APM volume 3, appendix E; Intel SDM, CPUID.</summary>
public readonly struct Cpuid
{
    public readonly uint Eax;
    public readonly uint Ebx;
    public readonly uint Ecx;
    public readonly uint Edx;

    /// <summary>Makes an answer: policy makes those that guests get.</summary>
    public Cpuid(uint eax, uint ebx, uint ecx, uint edx)
    {
        Eax = eax;
        Ebx = ebx;
        Ecx = ecx;
        Edx = edx;
    }

    /// <summary>Asks for a leaf. All zero when the CPU has no such leaf.</summary>
    public static unsafe Cpuid Query(uint leaf, uint subleaf = 0)
    {
        uint* four = stackalloc uint[4];
        Instructions.Cpuid(leaf & 0x80000000, 0, four);
        if (leaf > four[0])
        {
            return default;
        }

        Instructions.Cpuid(leaf, subleaf, four);
        return new Cpuid(four[0], four[1], four[2], four[3]);
    }
}
