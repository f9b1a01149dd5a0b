using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Cpu;

/// <summary>The CPU that executes this code.</summary>
public static class Processor
{
    /// <summary>Its number.</summary>
    public static CpuId Id => new(SimulatedMachine.CurrentCpu);

    /// <summary>One turn of a spin loop: lets other CPUs make progress.</summary>
    public static void Relax() => SimulatedMachine.Current.Baton?.Pass();

    /// <summary>Nothing to do.</summary>
    public static void ServeRequests()
    {
    }

    /// <summary>Ends the simulation of this CPU.</summary>
    public static void Stop() => throw new CpuStopped();

    /// <summary>A lock is being taken: a place where the simulation may let another CPU go first.</summary>
    internal static void LockTaken() => SimulatedMachine.Current.Baton?.Pass();

    /// <summary>Nothing to do.</summary>
    internal static void LockReleased()
    {
    }
}
