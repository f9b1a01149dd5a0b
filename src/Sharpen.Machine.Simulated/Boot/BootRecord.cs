using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Boot;

/// <summary>What the test says the boot loader handed over.</summary>
public static class BootRecord
{
    /// <summary>Which protocol the loader spoke.</summary>
    public static BootProtocol Protocol => SimulatedMachine.Current.Protocol;

    /// <summary>Where its information begins.</summary>
    public static MachineAddress Information => SimulatedMachine.Current.BootInformation;
}
