using System.Collections.Generic;

namespace Sharpen.Machine.Simulation;

/// <summary>I/O ports: each answers what the test has put there, else all ones; what is written is kept in order.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>What a port answers, by port and size in bytes.</summary>
    public Dictionary<(ushort Port, int Bytes), uint> Ports { get; } = [];

    /// <summary>All that was written to ports.</summary>
    public List<(ushort Port, int Bytes, uint Value)> PortWrites { get; } = [];

    /// <summary>What the real-time clock keeps.</summary>
    public byte[] ClockMemory { get; } = new byte[128];

    internal uint ReadPort(ushort port, int bytes) => Ports.GetValueOrDefault((port, bytes), bytes == sizeof(uint) ? uint.MaxValue : (1U << (8 * bytes)) - 1);

    internal void WritePort(ushort port, int bytes, uint value) =>
        PortWrites.Add((port, bytes, bytes == sizeof(uint) ? value : value & ((1U << (8 * bytes)) - 1)));
}
