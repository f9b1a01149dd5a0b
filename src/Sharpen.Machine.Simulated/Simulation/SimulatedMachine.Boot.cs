using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Simulation;

/// <summary>The boot loader.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>Tells which protocol it spoke.</summary>
    public uint BootMagic { get; set; }

    /// <summary>Where its information begins.</summary>
    public MachineAddress BootInformation { get; set; }
}
