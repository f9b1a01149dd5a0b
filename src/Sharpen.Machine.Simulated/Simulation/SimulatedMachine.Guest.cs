using System.Collections.Generic;

namespace Sharpen.Machine.Simulation;

/// <summary>What a guest can reach in tests that have no page tables: a map of pages.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>The pages that a guest without page tables can reach, by linear page number.</summary>
    public Dictionary<ulong, SimulatedGuestPage> GuestPages { get; set; } = [];
}
