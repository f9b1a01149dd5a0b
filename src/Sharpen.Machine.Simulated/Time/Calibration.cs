using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Time;

/// <summary>Simulated time needs no measuring; a test may say that a timer stands still.</summary>
public static class Calibration
{
    /// <summary>False when it cannot be mapped or does not count.</summary>
    public static bool TryHpet(MachineAddress registers) => DeviceWindow.Open(registers, 1024).IsOpen && Counts(PlatformTimer.Hpet);

    /// <summary>False when it does not count.</summary>
    public static bool TryPowerManagementTimer(ushort port) => port != 0 && Counts(PlatformTimer.PowerManagement);

    /// <summary>False when it does not count.</summary>
    public static bool TryPit() => Counts(PlatformTimer.Pit);

    private static bool Counts(PlatformTimer timer) => !SimulatedMachine.Current.StillTimers.Contains(timer);
}
