using System;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Features;

/// <summary>
/// What CPUID tells a PV guest: the host's answer, less what such a guest cannot have. Features are cut word by word with
/// <see cref="FeatureMasks"/>; of the other leaves only those are passed on that are known. Sources: AMD APM volume 3, appendix E; Intel SDM, CPUID.
/// </summary>
public static class CpuidPolicy
{
    private const uint HighestBasic = 0xd;
    private const uint Extended = 0x8000_0000;
    private const uint HighestExtended = 0x8000_0021;
    private const uint Hypervisor = 1U << 31;
    private const uint Mtrr = 1U << 12;
    private const uint Sysenter = 1U << 11;
    private const uint OsXsave = 1U << 27;
    private const uint FenceBit = 4;
    private const uint DecodeConfiguration = 0xc0011029;
    private const uint CommonToBoth = 0x0183_f3ff;
    private const uint AmdFirstWord = 0x6874_7541;
    private const uint HygonFirstWord = 0x6f67_7948;

    /// <summary>True on a host of AMD's kind.</summary>
    public static bool IsAmd => Cpuid.Query(0).Ebx is AmdFirstWord or HygonFirstWord;

    /// <summary>The answer to a guest.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="leaf">Any number; zeros where there is nothing.</param>
    /// <param name="subleaf">Any number.</param>
    public static Cpuid Query(in CpuidCaller caller, uint leaf, uint subleaf)
    {
        if (XenLeaves.Has(leaf))
        {
            return XenLeaves.Query(leaf, subleaf);
        }

        if (leaf < Extended)
        {
            return leaf > Math.Min(Cpuid.Query(0).Eax, HighestBasic) ? default : Basic(in caller, leaf, subleaf);
        }

        return leaf > MostExtended ? default : ExtendedLeaf(in caller, leaf, subleaf);
    }

    /// <summary>The answer to a guest whose toolstack has said what it is to be told.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="table">What the toolstack said.</param>
    /// <param name="leaf">Any number; zeros where there is nothing.</param>
    /// <param name="subleaf">Any number.</param>
    public static Cpuid Query(in CpuidCaller caller, in CpuidTable table, uint leaf, uint subleaf)
    {
        if (XenLeaves.Has(leaf))
        {
            return XenLeaves.Query(leaf, subleaf);
        }

        uint first = leaf < Extended ? 0 : Extended;
        if (leaf > table.Read(first, 0).Eax)
        {
            return default;
        }

        return leaf == ExtendedStates.Leaf && table.States != 0 ? ExtendedStates.Query(caller.ExtendedState, subleaf, table.States) : table.Read(leaf, subleaf);
    }

    /// <summary>One word of what this host offers to PV guests.</summary>
    public static uint Featureset(FeatureWord word) => Host(word) & FeatureMasks.Pv(word);

    /// <summary>One word of what this host has.</summary>
    public static uint Host(FeatureWord word) => word switch
    {
        FeatureWord.Basic1d => Cpuid.Query(1).Edx,
        FeatureWord.Basic1c => Cpuid.Query(1).Ecx,
        FeatureWord.Extended1d => Cpuid.Query(0x8000_0001).Edx,
        FeatureWord.Extended1c => Cpuid.Query(0x8000_0001).Ecx,
        FeatureWord.State1a => Cpuid.Query(0xd, 1).Eax,
        FeatureWord.Structured7b => Cpuid.Query(7).Ebx,
        FeatureWord.Structured7c => Cpuid.Query(7).Ecx,
        FeatureWord.Structured7d => Cpuid.Query(7).Edx,
        FeatureWord.Extended7d => Cpuid.Query(0x8000_0007).Edx,
        FeatureWord.Extended8b => Cpuid.Query(0x8000_0008).Ebx,
        FeatureWord.Structured71a => Cpuid.Query(7, 1).Eax,
        FeatureWord.Structured71b => Cpuid.Query(7, 1).Ebx,
        FeatureWord.Structured71c => Cpuid.Query(7, 1).Ecx,
        FeatureWord.Structured71d => Cpuid.Query(7, 1).Edx,
        FeatureWord.Structured72d => Cpuid.Query(7, 2).Edx,
        FeatureWord.Extended21a => Cpuid.Query(0x8000_0021).Eax,
        FeatureWord.Extended21c => Cpuid.Query(0x8000_0021).Ecx,
        _ => 0,
    };

    // AMD's last leaf says whether fences serialize, which the host may have had to be told.
    private static uint MostExtended => IsAmd ? HighestExtended : Math.Min(Cpuid.Query(Extended).Eax, HighestExtended);

    private static Cpuid Basic(in CpuidCaller caller, uint leaf, uint subleaf)
    {
        Cpuid host = Cpuid.Query(leaf, subleaf);
        return leaf switch
        {
            0 => new Cpuid(Math.Min(host.Eax, HighestBasic), host.Ebx, host.Ecx, host.Edx),
            1 => First(in caller, in host),
            2 or 4 => host,
            7 => Structured(subleaf),
            0xd => CpuFeatures.Host.XSave ? ExtendedStates.Query(caller.ExtendedState, subleaf) : default,
            _ => default,
        };
    }

    private static Cpuid First(in CpuidCaller caller, in Cpuid host)
    {
        const uint AllButApicId = 0x00ff_ffff;
        // Kernels take this bit for the promise that the hypervisor keeps their extended state, before they switch it on.
        uint ecx = (Featureset(FeatureWord.Basic1c) & ~OsXsave) | Hypervisor;
        uint ebx = host.Ebx & AllButApicId;
        return new Cpuid(host.Eax, ebx, CpuFeatures.Host.XSave ? ecx | OsXsave : ecx, FirstWord(in caller));
    }

    // The hardware domain knows of memory types, though it may not change them; on AMD a 64-bit guest has no sysenter.
    private static uint FirstWord(in CpuidCaller caller)
    {
        uint host = Host(FeatureWord.Basic1d);
        uint word = Featureset(FeatureWord.Basic1d) | (caller.IsHardware ? host & Mtrr : 0);
        return IsAmd ? word & ~Sysenter : word;
    }

    /// <summary>What is offered of the structured features.</summary>
    internal static Cpuid Structured(uint subleaf) => subleaf switch
    {
        0 => new Cpuid(
            Math.Min(Cpuid.Query(7).Eax, 2),
            Featureset(FeatureWord.Structured7b),
            Featureset(FeatureWord.Structured7c),
            Featureset(FeatureWord.Structured7d)),
        1 => new Cpuid(
            Featureset(FeatureWord.Structured71a),
            Featureset(FeatureWord.Structured71b),
            Featureset(FeatureWord.Structured71c),
            Featureset(FeatureWord.Structured71d)),
        2 => new Cpuid(0, 0, 0, Featureset(FeatureWord.Structured72d)),
        _ => default,
    };

    private static Cpuid ExtendedLeaf(in CpuidCaller caller, uint leaf, uint subleaf)
    {
        Cpuid host = Cpuid.Query(leaf, subleaf);
        return leaf switch
        {
            Extended => new Cpuid(MostExtended, host.Ebx, host.Ecx, host.Edx),
            0x8000_0001 => new Cpuid(host.Eax, host.Ebx, Featureset(FeatureWord.Extended1c), Featureset(FeatureWord.Extended1d) | Repeated(FirstWord(in caller))),
            >= 0x8000_0002 and <= 0x8000_0006 => host,
            0x8000_0007 => new Cpuid(0, 0, 0, Featureset(FeatureWord.Extended7d)),
            0x8000_0008 => new Cpuid(host.Eax & 0xffff, Featureset(FeatureWord.Extended8b), host.Ecx, 0),
            0x8000_001d or 0x8000_001e => host,
            0x8000_0021 => new Cpuid(Featureset(FeatureWord.Extended21a) | (FencesSerialize ? FenceBit : 0), 0, Featureset(FeatureWord.Extended21c), 0),
            _ => default,
        };
    }

    /// <summary>True on a host of AMD's kind where a fence of loads is known to wait for all that is before it.</summary>
    public static bool FencesSerialize => IsAmd && HostRegisters.TryRead(DecodeConfiguration, out ulong value) && (value & 2) != 0;

    /// <summary>What AMD shows of the first word again in the extended leaf.</summary>
    internal static uint Repeated(uint first) => IsAmd ? first & CommonToBoth : 0;
}
