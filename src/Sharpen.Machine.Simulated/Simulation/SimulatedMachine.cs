using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Sharpen.Machine.Simulation;

/// <summary>A pretend host. The thread that uses it must be bound to it; several may run in parallel in one process.</summary>
public sealed unsafe partial class SimulatedMachine : IDisposable
{
    private const int WholeMachine = -1;

    [ThreadStatic]
    private static SimulatedMachine? s_current;

    [ThreadStatic]
    private static int s_cpu;

    private readonly Dictionary<(Type Type, int Cpu), nint> _state = [];

    /// <summary>The machine bound to this thread.</summary>
    public static SimulatedMachine Current => s_current ?? throw new InvalidOperationException("no simulated machine is bound to this thread");

    /// <summary>The CPU that this thread plays.</summary>
    public static int CurrentCpu => s_cpu;

    /// <summary>Types with an instance for each CPU.</summary>
    internal HashSet<Type> Reserved { get; } = [];

    /// <summary>Makes this machine the one that hypervisor code on this thread runs on, as the given CPU.</summary>
    public void Bind(int cpu = 0)
    {
        s_current = this;
        s_cpu = cpu;
    }

    /// <summary>Frees the machine's memory; it must not be used after.</summary>
    public void Dispose()
    {
        foreach (nint block in _state.Values)
        {
            NativeMemory.AlignedFree((void*)block);
        }

        _state.Clear();
        _memory?.Dispose();
        if (s_current == this)
        {
            s_current = null;
        }
    }

    internal void* StateOf(Type type, int bytes, int cpu = WholeMachine)
    {
        lock (_state)
        {
            if (!_state.TryGetValue((type, cpu), out nint block))
            {
                block = (nint)NativeMemory.AlignedAlloc((nuint)bytes, 64);
                NativeMemory.Clear((void*)block, (nuint)bytes);
                _state.Add((type, cpu), block);
            }

            return (void*)block;
        }
    }
}
