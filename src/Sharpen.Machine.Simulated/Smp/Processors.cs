using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Simulation;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Smp;

/// <summary>Brings simulated CPUs up: each is a thread that the machine starts.</summary>
public static class Processors
{
    private struct State
    {
        internal CpuMask Online;
    }

    /// <summary>The CPUs that run.</summary>
    public static ref readonly CpuMask Online => ref Root.Of<State>().Online;

    /// <summary>Nothing to do: faults are exceptions here.</summary>
    public static void CatchFaults()
    {
    }

    /// <summary>Simulated CPUs predict nothing; true when they are told to overwrite their predictions.</summary>
    public static bool GuardReturns(ReturnGuard guard) => guard == ReturnGuard.On;

    /// <summary>Always succeeds.</summary>
    public static Result PrepareBootCpu() => Result.Success;

    /// <summary>Every simulated CPU has a stack of its own already.</summary>
    public static void EnterOwnArea()
    {
    }

    /// <summary>Counts this CPU in.</summary>
    public static void InitialiseThisCpu() => Root.Of<State>().Online.Add(Processor.Id);

    /// <summary>Nothing to do.</summary>
    public static void UseOwnStacks()
    {
    }

    /// <summary>Nothing to do.</summary>
    public static void PlaceTrampoline(Mfn page) => _ = page;

    /// <summary>Nothing to do: simulated CPUs need no low addresses.</summary>
    public static void EndStarting()
    {
    }

    /// <summary>Starts a CPU, unless the test has said that it never answers.</summary>
    public static Result Start(CpuId cpu, uint apicId) => SimulatedMachine.Current.StartCpu(cpu, apicId);
}
