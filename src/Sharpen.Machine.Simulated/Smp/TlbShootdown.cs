using Sharpen.Abi;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Smp;

/// <summary>Simulated CPUs cache no translations; how often they are told to forget is counted.</summary>
public static class TlbShootdown
{
    /// <summary>Counts.</summary>
    public static void Everywhere() => SimulatedMachine.Current.Memory.Shootdowns++;

    /// <summary>Counts.</summary>
    public static void Of(DomainId domain)
    {
        _ = domain;
        Everywhere();
    }
}
