using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Time;

/// <summary>This CPU's one-shot timer: the simulation fires it when its time has come.</summary>
public static class LocalTimer
{
    /// <summary>Replaces the deadline. <see cref="Instant.Never"/> disarms.</summary>
    public static void Arm(Instant deadline) => SimulatedMachine.Current.ArmTimer(SimulatedMachine.CurrentCpu, deadline);
}
