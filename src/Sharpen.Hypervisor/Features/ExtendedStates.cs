using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Features;

/// <summary>The leaf about extended state, for the parts of it that guests may have: x87, SSE and AVX. Source: Intel SDM volume 1, chapter 13.</summary>
internal static class ExtendedStates
{
    /// <summary>Its number.</summary>
    internal const uint Leaf = 0xd;

    /// <summary>The parts of which guests may have any.</summary>
    internal const uint Known = 7;

    private const uint Avx = 4;
    private const uint AvxPart = 2;
    private const uint LegacyAndHeader = 0x240;

    /// <summary>What a guest is told.</summary>
    /// <param name="enabled">Its XCR0.</param>
    /// <param name="subleaf">Any number.</param>
    /// <param name="offered">Which parts the guest may have.</param>
    internal static Cpuid Query(ulong enabled, uint subleaf, uint offered = Known)
    {
        uint known = Cpuid.Query(Leaf).Eax & Known & offered;
        return subleaf switch
        {
            0 => new Cpuid(known, Bytes(enabled & known), Bytes(known), 0),
            1 => new Cpuid(CpuidPolicy.Featureset(FeatureWord.State1a), 0, 0, 0),
            AvxPart when (known & Avx) != 0 => Part(),
            _ => default,
        };
    }

    private static Cpuid Part()
    {
        Cpuid host = Cpuid.Query(Leaf, AvxPart);
        return new Cpuid(host.Eax, host.Ebx, 0, 0);
    }

    private static uint Bytes(ulong parts)
    {
        Cpuid avx = Part();
        return (parts & Avx) == 0 ? LegacyAndHeader : unchecked(avx.Eax + avx.Ebx);
    }
}
