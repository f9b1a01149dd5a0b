namespace Sharpen.Hypervisor.Features;

/// <summary>The words of a featureset. Source: <c>arch-x86/cpufeatureset.h</c>.</summary>
public enum FeatureWord
{
    /// <summary>Leaf 1, edx.</summary>
    Basic1d = 0,

    /// <summary>Leaf 1, ecx.</summary>
    Basic1c = 1,

    /// <summary>Leaf 0x80000001, edx.</summary>
    Extended1d = 2,

    /// <summary>Leaf 0x80000001, ecx.</summary>
    Extended1c = 3,

    /// <summary>Leaf 0xd, subleaf 1, eax.</summary>
    State1a = 4,

    /// <summary>Leaf 7, ebx.</summary>
    Structured7b = 5,

    /// <summary>Leaf 7, ecx.</summary>
    Structured7c = 6,

    /// <summary>Leaf 0x80000007, edx.</summary>
    Extended7d = 7,

    /// <summary>Leaf 0x80000008, ebx.</summary>
    Extended8b = 8,

    /// <summary>Leaf 7, edx.</summary>
    Structured7d = 9,

    /// <summary>Leaf 7, subleaf 1, eax.</summary>
    Structured71a = 10,

    /// <summary>Leaf 0x80000021, eax.</summary>
    Extended21a = 11,

    /// <summary>Leaf 7, subleaf 1, ebx.</summary>
    Structured71b = 12,

    /// <summary>Leaf 7, subleaf 2, edx.</summary>
    Structured72d = 13,

    /// <summary>Leaf 7, subleaf 1, ecx.</summary>
    Structured71c = 14,

    /// <summary>Leaf 7, subleaf 1, edx.</summary>
    Structured71d = 15,

    /// <summary>IA32_ARCH_CAPABILITIES, low half.</summary>
    CapabilitiesLow = 16,

    /// <summary>IA32_ARCH_CAPABILITIES, high half.</summary>
    CapabilitiesHigh = 17,

    /// <summary>Leaf 0x80000021, ecx.</summary>
    Extended21c = 18,
}
