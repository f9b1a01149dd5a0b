using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Simulation;

/// <summary>The CPUs.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>Interrupt controllers whose CPU never answers.</summary>
    public HashSet<uint> DeadCpus { get; } = [];

    /// <summary>What runs when a CPU is started; the test decides on which thread.</summary>
    public Action<CpuId>? CpuStarted { get; set; }

    internal Result StartCpu(CpuId cpu, uint apicId)
    {
        if (DeadCpus.Contains(apicId))
        {
            return Errno.TimedOut;
        }

        CpuStarted?.Invoke(cpu);
        return Result.Success;
    }
}
