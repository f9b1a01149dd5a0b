using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Power;

/// <summary>Restarts are remembered for the test to see.</summary>
public static class Reset
{
    /// <summary>Remembered.</summary>
    public static void ByPort(ushort port, byte value)
    {
        _ = (port, value);
        SimulatedMachine.Current.Resets++;
    }

    /// <summary>Remembered.</summary>
    public static void ByAnyMeans() => SimulatedMachine.Current.Resets++;

    /// <summary>Remembered.</summary>
    public static void ByChipset() => SimulatedMachine.Current.Resets++;

    /// <summary>Remembered.</summary>
    public static void ByKeyboard() => SimulatedMachine.Current.Resets++;

    /// <summary>Remembered.</summary>
    public static void ByFault() => SimulatedMachine.Current.Resets++;

    /// <summary>Remembered.</summary>
    public static void Sleep(ushort controlA, byte typeA, ushort controlB, byte typeB)
    {
        _ = (controlA, typeA, controlB, typeB);
        SimulatedMachine.Current.PowerOffs++;
    }
}
