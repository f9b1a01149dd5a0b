using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What CPUID and model-specific registers say to somebody, written as lists for a toolstack.</summary>
/// <remarks>Source of the order and of the leaves that have subleaves: <c>sysctl.h</c>, <c>arch-x86/xen.h</c>; measured on Xen 4.17.</remarks>
internal static class CpuPolicies
{
    /// <summary>The most leaves of a policy.</summary>
    internal const uint MostLeaves = 120;

    /// <summary>How many registers a policy has.</summary>
    internal const uint Registers = 2;

    private const uint NoSubleaf = uint.MaxValue;
    private const uint Caches = 4;
    private const uint Structured = 7;
    private const uint Topology = 0xb;
    private const uint State = 0xd;
    private const uint Xen = 0x4000_0000;
    private const uint HypervisorStep = 0x100;
    private const uint Extended = 0x8000_0000;
    private const uint PlatformInfo = 0xce;
    private const uint Capabilities = 0x10a;

    /// <summary>Writes both lists. <see cref="Errno.NoBufs"/>: too little room; <see cref="Errno.Fault"/>: they cannot be written.</summary>
    /// <param name="source">Whose words.</param>
    /// <param name="arguments">Where to write, and how much fits; afterwards how much was written.</param>
    internal static Answer Write(in PolicySource source, ref SysctlCpuPolicy arguments)
    {
        if (arguments.Leaves == 0)
        {
            arguments.LeafCount = MostLeaves;
        }
        else if (!WriteLeaves(in source, ref arguments, out Errno refused))
        {
            return refused;
        }

        if (arguments.Registers == 0)
        {
            arguments.RegisterCount = Registers;
            return 0;
        }

        if (arguments.RegisterCount < Registers)
        {
            return Errno.NoBufs;
        }

        arguments.RegisterCount = Registers;
        return GuestHandle<RegisterEntry>.From(arguments.Registers, Registers).Try(out GuestHandle<RegisterEntry> registers, out Errno wrapped)
            && GuestMemory.Write(registers, new RegisterEntry { Number = PlatformInfo }).Try(out wrapped)
            && GuestMemory.Write(registers, new RegisterEntry { Number = Capabilities }, 1).Try(out wrapped) ? 0 : wrapped;
    }

    private static bool WriteLeaves(in PolicySource source, ref SysctlCpuPolicy arguments, out Errno refused)
    {
        if (!GuestHandle<CpuidLeaf>.From(arguments.Leaves, arguments.LeafCount).Try(out GuestHandle<CpuidLeaf> places, out refused))
        {
            return false;
        }

        uint written = 0;
        uint basic = Ask(in source, 0, 0).Eax;
        uint extended = Ask(in source, Extended, 0).Eax;
        for (uint leaf = 0; TryPlace(ref leaf, basic, extended) && written < MostLeaves; leaf++)
        {
            for (uint subleaf = 0; Has(in source, leaf, subleaf) && written < MostLeaves; subleaf++)
            {
                if (written == arguments.LeafCount)
                {
                    refused = Errno.NoBufs;
                    return false;
                }

                Cpuid answer = Ask(in source, leaf, subleaf);
                CpuidLeaf entry = new() { Leaf = leaf, Subleaf = HasSubleaves(leaf) ? subleaf : NoSubleaf, Eax = answer.Eax, Ebx = answer.Ebx, Ecx = answer.Ecx, Edx = answer.Edx };
                if (!GuestMemory.Write(places, entry, written++).Try(out refused))
                {
                    return false;
                }
            }
        }

        arguments.LeafCount = written;
        return true;
    }

    // The next leaf that there is: basic, of hypervisors, extended.
    private static bool TryPlace(ref uint leaf, uint basic, uint extended)
    {
        if (leaf > System.Math.Min(basic, State) && leaf < Xen)
        {
            leaf = Xen;
        }

        if (leaf is > Xen and < Xen + HypervisorStep)
        {
            leaf = Xen + HypervisorStep;
        }

        if (leaf is > Xen + HypervisorStep and < Extended)
        {
            leaf = Extended;
        }

        return leaf < Extended || leaf <= extended;
    }

    private static bool HasSubleaves(uint leaf) => leaf is Caches or Structured or Topology or State;

    // Always the first; of the others those that say something.
    private static bool Has(in PolicySource source, uint leaf, uint subleaf)
    {
        const uint MostCaches = 6;
        const uint MostLevels = 2;
        const uint MostStates = 63;
        if (subleaf == 0)
        {
            return true;
        }

        return leaf switch
        {
            Caches => subleaf < MostCaches && (Ask(in source, leaf, subleaf - 1).Eax & 31) != 0,
            Structured => subleaf <= System.Math.Min(Ask(in source, leaf, 0).Eax, 2),
            Topology => subleaf < MostLevels && (Ask(in source, leaf, subleaf).Ecx & 0xff00) != 0,
            State => subleaf == 1 || (subleaf < MostStates && HasState(in source, subleaf)),
            _ => false,
        };
    }

    // Up to the last that there is: the list has no holes.
    private static bool HasState(in PolicySource source, uint subleaf)
    {
        Cpuid first = Ask(in source, State, 0);
        ulong states = ((ulong)first.Edx << 32) | first.Eax;
        return states >> (int)subleaf != 0;
    }

    private static Cpuid Ask(in PolicySource source, uint leaf, uint subleaf) => leaf is >= Xen and < Extended ? default : source.Ask(leaf, subleaf);
}
