using System.Runtime.CompilerServices;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Cpu;

/// <summary>The CPU that executes this code.</summary>
public static unsafe class Processor
{
    private struct EpochState
    {
        internal ulong Inside;
    }

    /// <summary>Its number.</summary>
    public static CpuId Id => new(SimulatedMachine.CurrentCpu);

    /// <summary>For <see cref="Pools.Quiescence"/>: the epoch at which this CPU came in, plus one; 0 while it is outside.</summary>
    internal static ref ulong EpochInside => ref EpochInsideOf(Id);

    /// <summary>The same of any CPU.</summary>
    internal static ref ulong EpochInsideOf(CpuId cpu) => ref Unsafe.AsRef<EpochState>(
        SimulatedMachine.Current.StateOf(typeof(EpochState), sizeof(EpochState), cpu.Value)).Inside;

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
