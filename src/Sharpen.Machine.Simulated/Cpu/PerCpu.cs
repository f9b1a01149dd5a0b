using System;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Cpu;

/// <summary>One zero-initialised instance of a state type for each CPU.</summary>
public static unsafe class PerCpu
{
    /// <summary>Makes room for <typeparamref name="T"/> on every CPU.</summary>
    public static void Reserve<T>()
        where T : unmanaged => SimulatedMachine.Current.Reserved.Add(typeof(T));

    /// <summary>This CPU's instance: private to it, so it needs no lock.</summary>
    public static ref T Local<T>()
        where T : unmanaged => ref Of<T>(Processor.Id);

    /// <summary>Another CPU's instance. Only for what is made to be shared.</summary>
    public static ref T Of<T>(CpuId cpu)
        where T : unmanaged
    {
        SimulatedMachine machine = SimulatedMachine.Current;
        if (!machine.Reserved.Contains(typeof(T)))
        {
            throw new InvalidOperationException($"PerCpu.Reserve<{typeof(T).Name}>() was not called at boot");
        }

        return ref Unsafe.AsRef<T>(machine.StateOf(typeof(T), sizeof(T), cpu.Value));
    }
}
