using System.Collections.Generic;
using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Simulation;

/// <summary>What the CPUs say of themselves.</summary>
public sealed unsafe partial class SimulatedMachine
{
    private const ulong ApicBaseOfBootCpu = 0xfee00900;

    /// <summary>Answers by leaf and subleaf; nothing where there is none. At first a plain 64-bit CPU without anything newer.</summary>
    public Dictionary<(uint Leaf, uint Subleaf), Cpuid> CpuidLeaves { get; } = new()
    {
        [(0, 0)] = new(1, 0x68747541, 0x444d4163, 0x69746e65),
        [(1, 0)] = new(0x60fb1, 0x800, 0x80002001, 0x078bfbff),
        [(0x80000000, 0)] = new(0x80000008, 0x68747541, 0x444d4163, 0x69746e65),
        [(0x80000001, 0)] = new(0x60fb1, 0, 0x5, 0x2191abfd),
        [(0x80000008, 0)] = new(0x3028, 0, 0, 0),
    };

    /// <summary>Model-specific registers by number.</summary>
    public Dictionary<uint, ulong> ModelRegisters { get; } = new() { [0x1b] = ApicBaseOfBootCpu };
}
