using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Cpu;

/// <summary>Model-specific registers of the simulated host: what the test has put there.</summary>
public static class HostRegisters
{
    /// <summary>Reads a register. False: there is none of this number.</summary>
    public static bool TryRead(uint number, out ulong value) => SimulatedMachine.Current.ModelRegisters.TryGetValue(number, out value);
}
