using Sharpen.Machine.Boot;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Simulation;

/// <summary>The boot loader.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>Which protocol it spoke.</summary>
    public BootProtocol Protocol { get; set; }

    /// <summary>Where its information begins.</summary>
    public MachineAddress BootInformation { get; set; }
}
