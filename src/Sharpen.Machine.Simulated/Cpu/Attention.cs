using System.Runtime.CompilerServices;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Cpu;

/// <summary>Whether the simulated CPU has to look at anything before it goes back to its guest.</summary>
public static unsafe class Attention
{
    private struct State
    {
        internal byte Raised;
    }

    private static ref State Own => ref Unsafe.AsRef<State>(
        SimulatedMachine.Current.StateOf(typeof(State), sizeof(State), SimulatedMachine.CurrentCpu));

    /// <summary>True when there may be something to look at.</summary>
    public static bool IsRaised => Own.Raised != 0;

    /// <summary>This CPU is to look on its way out.</summary>
    public static void Raise() => Own.Raised = 1;

    /// <summary>It is about to look at everything.</summary>
    public static void Lower() => Own.Raised = 0;
}
