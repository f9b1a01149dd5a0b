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

    /// <summary>The selector of gs that waits for user code.</summary>
    internal ushort UserGs;

    /// <summary>What the last debug exception was about.</summary>
    internal ulong DebugEvents;

    /// <summary>The tables whose window this CPU has, as a count of loads.</summary>
    internal ulong DescriptorLoads;

    /// <summary>Where the last page fault was.</summary>
    internal GuestLinear FaultAddress;

    /// <summary>The base of fs, kept for whoever runs here.</summary>
    internal GuestLinear FsBase;

    /// <summary>The kernel's base of gs.</summary>
    internal GuestLinear GsBaseKernel;

    /// <summary>The user code's base of gs.</summary>
    internal GuestLinear GsBaseUser;

    /// <summary>How often a vCPU was loaded.</summary>
    internal ulong Loads;
}
