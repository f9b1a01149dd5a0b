namespace Sharpen.Machine.Simulation;

/// <summary>Restart and switch-off.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>How often the hypervisor has asked for a restart.</summary>
    public int Resets { get; internal set; }

    /// <summary>How often it has asked to be switched off.</summary>
    public int PowerOffs { get; internal set; }
}
