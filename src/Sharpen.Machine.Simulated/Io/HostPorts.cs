using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Io;

/// <summary>Any port of the simulated host.</summary>
public static class HostPorts
{
    /// <summary>Reads a port; all ones where the test has put nothing.</summary>
    /// <param name="port">The first port.</param>
    /// <param name="bytes">1, 2 or 4.</param>
    public static uint Read(ushort port, int bytes) => SimulatedMachine.Current.ReadPort(port, bytes);

    /// <summary>Writes a port.</summary>
    /// <param name="port">The first port.</param>
    /// <param name="bytes">1, 2 or 4.</param>
    /// <param name="value">What to write; bits beyond the size are ignored.</param>
    public static void Write(ushort port, int bytes, uint value) => SimulatedMachine.Current.WritePort(port, bytes, value);
}
