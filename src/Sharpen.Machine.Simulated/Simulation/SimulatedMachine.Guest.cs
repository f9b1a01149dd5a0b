using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Machine.Guest;

namespace Sharpen.Machine.Simulation;

/// <summary>What the guest that is being served can reach: a map of pages, deliberately unlike page tables.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>The live registers of the guest that the bound CPU is serving.</summary>
    internal ref CpuUserRegisters GuestRegisters =>
        ref *(CpuUserRegisters*)StateOf(typeof(CpuUserRegisters), sizeof(CpuUserRegisters), CurrentCpu);

    /// <summary>Where the guest's last page fault was.</summary>
    public GuestLinear GuestFaultAddress { get; set; }

    /// <summary>The pages that the guest being served can reach, by linear page number.</summary>
    public Dictionary<ulong, SimulatedGuestPage> GuestPages { get; set; } = [];
}
