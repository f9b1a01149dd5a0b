namespace Sharpen.Machine.Simulation;

/// <summary>Several CPUs in turn.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>Passed on at machine calls; null while one thread plays all CPUs.</summary>
    public Baton? Baton { get; set; }
}
