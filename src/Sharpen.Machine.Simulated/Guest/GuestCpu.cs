using Sharpen.Abi;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Guest;

/// <summary>The guest half of the simulated CPU that this thread plays.</summary>
public static class GuestCpu
{
    /// <summary>The live registers of the guest that this CPU is serving.</summary>
    public static ref CpuUserRegisters Registers => ref SimulatedMachine.Current.GuestRegisters;
}
