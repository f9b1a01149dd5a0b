using Sharpen.Abi;

namespace Sharpen.Machine.Guest;

/// <summary>The simulated machine raises .NET exceptions instead of faults.</summary>
public static class HostTraps
{
    /// <summary>Never.</summary>
    public static bool TryFixUp(ref CpuUserRegisters registers) => registers.Rip == ulong.MaxValue;

    /// <summary>Never.</summary>
    public static bool TryIgnoreDebug(ref CpuUserRegisters registers) => registers.Rip == ulong.MaxValue;

    /// <summary>Never.</summary>
    public static bool IsConfinedToGuest(in CpuUserRegisters registers)
    {
        _ = registers.Rip;
        return false;
    }

    /// <summary>Nothing to do.</summary>
    public static void ResetStack()
    {
    }

    /// <summary>None.</summary>
    public static ulong FaultAddress => 0;

    /// <summary>None.</summary>
    public static ulong TableRoot => 0;
}
