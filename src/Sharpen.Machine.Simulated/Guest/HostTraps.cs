using Sharpen.Abi;

namespace Sharpen.Machine.Guest;

/// <summary>The simulated machine raises .NET exceptions instead of faults.</summary>
public static class HostTraps
{
    /// <summary>Never.</summary>
    public static bool TryFixUp(ref CpuUserRegisters registers) => registers.Rip == ulong.MaxValue;

    /// <summary>None.</summary>
    public static ulong FaultAddress => 0;

    /// <summary>None.</summary>
    public static ulong TableRoot => 0;
}
