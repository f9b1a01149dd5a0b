using Sharpen.Abi;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Guest;

/// <summary>The guest half of one simulated CPU.</summary>
internal struct GuestCpuState
{
    /// <summary>The live registers.</summary>
    internal CpuUserRegisters Registers;

    /// <summary>The page tables in use; zero while idle, and in tests that bring pages of their own.</summary>
    internal Mfn Root;

    /// <summary>Where the last page fault was.</summary>
    internal GuestLinear FaultAddress;

    /// <summary>How often a vCPU was loaded.</summary>
    internal ulong Loads;
}
