using System;

namespace Sharpen.Machine.Io;

/// <summary>The simulated serial port: what is written is kept for the test to read.</summary>
public static class SerialPort
{
    /// <summary>The first of the eight ports that it uses.</summary>
    public static ushort FirstPort => 0x3f8;

    /// <summary>The most bytes that the port takes at once.</summary>
    public const int BurstBytes = 16;

    /// <summary>There unless the test took it away.</summary>
    public static bool Initialise(ushort portBase = 0, uint baud = 115200) => !Simulation.SimulatedMachine.Current.SerialIsAbsent;

    /// <summary>Takes all bytes, or none while the test holds the port.</summary>
    public static bool TryWriteBurst(ReadOnlySpan<byte> bytes)
    {
        Simulation.SimulatedMachine machine = Simulation.SimulatedMachine.Current;
        machine.SerialOffers++;
        return bytes.Length <= BurstBytes && !machine.SerialIsStuck && Write(bytes);
    }

    /// <summary>Appends to the machine's serial output.</summary>
    public static bool Write(ReadOnlySpan<byte> bytes)
    {
        Simulation.SimulatedMachine.Current.SerialOutput.AddRange(bytes.ToArray());
        return true;
    }

    /// <summary>A byte that the test typed, if there is one.</summary>
    public static bool TryRead(out byte value) => Simulation.SimulatedMachine.Current.SerialInput.TryDequeue(out value);

    /// <summary>Noted for the test, which delivers the interrupt by polling.</summary>
    public static void UseInterrupts(bool output) => Simulation.SimulatedMachine.Current.SerialWaitsForReady = output;
}
