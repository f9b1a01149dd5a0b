using System.Collections.Generic;

namespace Sharpen.Machine.Simulation;

/// <summary>What firmware and boot loader left behind.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>Blocks of bytes and the machine addresses at which they lie.</summary>
    public List<(ulong Address, byte[] Bytes)> Firmware { get; } = [];

    /// <summary>EFI's variables: vendor and name as bytes, in hexadecimal, attributes and value.</summary>
    public SortedDictionary<string, (uint Attributes, byte[] Value)> EfiVariables { get; } = [];

    /// <summary>Its services can be called.</summary>
    public bool HasEfiServices { get; set; }

    /// <summary>Each byte of its time of day.</summary>
    public byte EfiTime { get; set; } = 1;
}
