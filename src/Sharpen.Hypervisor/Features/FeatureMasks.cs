namespace Sharpen.Hypervisor.Features;

/// <summary>
/// Which features of the host a PV guest may see, by the words of the public interface's featureset. Source: <c>arch-x86/cpufeatureset.h</c>,
/// the bits marked <c>A</c>.
/// </summary>
public static class FeatureMasks
{
    /// <summary>How many words a featureset has.</summary>
    public const int Words = 19;

    /// <summary>Bits of one word that a PV guest gets when the host has them; zero for a word that there is not.</summary>
    public static uint Pv(FeatureWord word) => word switch
    {
        FeatureWord.Basic1d => 0x1fc9cbf5,
        FeatureWord.Basic1c => 0xf6d83203,
        FeatureWord.Extended1d => 0xea500800,
        FeatureWord.Extended1c => 0x042109e3,
        FeatureWord.State1a => 0x00000007,
        FeatureWord.Structured7b => 0xfdaf0b29,
        FeatureWord.Structured7c => 0x02405f43,
        FeatureWord.Extended8b => 0x64001005,
        FeatureWord.Structured7d => 0xac00441c,
        FeatureWord.Structured71a => 0x00001c30,
        FeatureWord.Extended21a => 0x78000064,
        FeatureWord.Structured72d => 0x00000021,
        FeatureWord.CapabilitiesLow => 0x1d12e173,
        FeatureWord.CapabilitiesHigh => 0x40000000,
        FeatureWord.Extended21c => 0x00000006,
        _ => 0,
    };
}
