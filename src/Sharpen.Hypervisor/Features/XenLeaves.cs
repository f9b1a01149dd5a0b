using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Features;

/// <summary>The leaves by which a guest knows the hypervisor. Source: <c>arch-x86/cpuid.h</c>.</summary>
public static class XenLeaves
{
    /// <summary>The first of them.</summary>
    public const uint First = 0x4000_0000;

    /// <summary>The number of the register that makes a page of hypercalls, for a guest that asks for it so.</summary>
    public const uint HypercallPageRegister = 0x4000_0000;

    private const uint Last = First + 5;
    private const uint HasRdtscp = 4;
    private const uint PreservesNotes = 1;
    private const uint Version = (4 << 16) | 17;

    /// <summary>True for a number that hypervisors have for themselves.</summary>
    public static bool Has(uint leaf) => leaf is >= First and < First + 0x100;

    /// <summary>A leaf for a PV guest; zeros beyond the last.</summary>
    public static Cpuid Query(uint leaf, uint subleaf) => (leaf - First) switch
    {
        0 => new Cpuid(Last, 0x566e6558, 0x65584d4d, 0x4d4d566e),
        1 => new Cpuid(Version, 0, 0, 0),
        2 => new Cpuid(1, HypercallPageRegister, PreservesNotes, 0),
        3 => Time(subleaf),
        5 => subleaf == 0 ? new Cpuid(0, (uint)CpuFeatures.Host.PhysicalBits, 0, 0) : default,
        _ => default,
    };

    // Guests read the host's counter as it is: nothing to convert.
    private static Cpuid Time(uint subleaf)
    {
        uint kilohertz = (uint)System.Math.Min(Clock.TicksPerSecond / 1000, uint.MaxValue);
        return subleaf switch
        {
            0 => new Cpuid(CpuFeatures.Host.TscAux ? HasRdtscp : 0, 0, 0, 0),
            2 => new Cpuid(kilohertz, 0, 0, 0),
            _ => default,
        };
    }
}
