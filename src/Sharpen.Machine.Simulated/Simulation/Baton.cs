using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Sharpen.Machine.Simulation;

/// <summary>
/// Lets one of several simulated CPUs run at a time. Each CPU is a thread; whoever has the baton passes it on at machine calls (a
/// lock, a turn of a spin loop, the way in or out of a guest) to the CPU that <paramref name="choose"/> names. So the whole history
/// follows from the choices, and the choices from a seed.
/// </summary>
/// <param name="cpus">How many CPUs there are.</param>
/// <param name="choose">A number below its argument.</param>
public sealed class Baton(int cpus, Func<int, int> choose)
{
    private readonly SemaphoreSlim[] _turns = MakeTurns(cpus);
    private readonly List<int> _alive = [];
    private Exception? _failure;

    /// <summary>After so many passes the CPUs are taken to go round without end.</summary>
    public ulong MostPasses { get; init; } = 3_000_000;

    /// <summary>How often it was passed, to oneself included.</summary>
    public ulong Passes { get; private set; }

    /// <summary>Runs every CPU to its end. The first exception of any of them ends all, and comes out here.</summary>
    public void Run(Action<int> cpuMain)
    {
        List<Thread> threads = [];
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            int self = cpu;
            _alive.Add(self);
            threads.Add(new Thread(() => Live(self, cpuMain), maxStackSize: 1 << 20) { IsBackground = true, Name = $"CPU {self}" });
        }

        threads.ForEach(thread => thread.Start());
        _turns[0].Release();
        threads.ForEach(thread => thread.Join());
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    /// <summary>Gives the baton to some CPU, perhaps the caller; returns when the caller has it again.</summary>
    public void Pass()
    {
        int self = SimulatedMachine.CurrentCpu;
        if (++Passes > MostPasses)
        {
            throw new InvalidOperationException("the CPUs go round without end");
        }

        int next = _alive[choose(_alive.Count)];
        if (next != self)
        {
            _turns[next].Release();
            Wait(self);
        }
    }

    private static SemaphoreSlim[] MakeTurns(int cpus)
    {
        SemaphoreSlim[] turns = new SemaphoreSlim[cpus];
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            turns[cpu] = new SemaphoreSlim(0);
        }

        return turns;
    }

    private void Live(int self, Action<int> cpuMain)
    {
        try
        {
            Wait(self);
            cpuMain(self);
        }
        catch (CpuStopped) when (_failure is not null)
        {
        }
        catch (Exception error)
        {
            _failure ??= error;
        }

        _alive.Remove(self);
        if (_alive.Count != 0)
        {
            _turns[_alive[_failure is null ? choose(_alive.Count) : 0]].Release();
        }
    }

    private void Wait(int self)
    {
        _turns[self].Wait();
        if (_failure is not null)
        {
            throw new CpuStopped();
        }
    }
}
