using System.Runtime.CompilerServices;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.State;

/// <summary>Where all mutable state of the host hangs: here it belongs to the simulated machine bound to this thread.</summary>
public static class Root
{
    /// <summary>The one instance of <typeparamref name="T"/> on this machine.</summary>
    /// <typeparam name="T">A subsystem's state: unmanaged, meaningful when all zero.</typeparam>
    public static unsafe ref T Of<T>()
        where T : unmanaged => ref Unsafe.AsRef<T>(SimulatedMachine.Current.StateOf(typeof(T), sizeof(T)));
}
