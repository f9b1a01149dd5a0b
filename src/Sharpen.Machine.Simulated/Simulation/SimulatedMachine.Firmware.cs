using System.Collections.Generic;

namespace Sharpen.Machine.Simulation;

/// <summary>What firmware and boot loader left behind.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>Blocks of bytes and the machine addresses at which they lie.</summary>
    public List<(ulong Address, byte[] Bytes)> Firmware { get; } = [];
}
