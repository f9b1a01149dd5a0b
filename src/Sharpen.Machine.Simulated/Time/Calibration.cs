using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Time;

/// <summary>Simulated time needs no measuring; a test may say that a timer is missing.</summary>
public static class Calibration
{
    /// <summary>True.</summary>
    public static bool TryHpet(MachineAddress registers) => registers.Value != 0;

    /// <summary>True.</summary>
    public static bool TryPowerManagementTimer(ushort port) => port != 0;

    /// <summary>True.</summary>
    public static bool TryPit() => true;
}
