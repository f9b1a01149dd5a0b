using System;

namespace Sharpen.Machine.Io;

/// <summary>The simulated serial port: what is written is kept for the test to read.</summary>
public static class SerialPort
{
    /// <summary>Always there.</summary>
    public static bool Initialise() => true;

    /// <summary>Appends to the machine's serial output.</summary>
    public static bool Write(ReadOnlySpan<byte> bytes)
    {
        Simulation.SimulatedMachine.Current.SerialOutput.AddRange(bytes.ToArray());
        return true;
    }

    /// <summary>A byte that the test typed, if there is one.</summary>
    public static bool TryRead(out byte value) => Simulation.SimulatedMachine.Current.SerialInput.TryDequeue(out value);
}
