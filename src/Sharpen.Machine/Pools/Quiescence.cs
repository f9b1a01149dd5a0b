using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Pools;

/// <summary>
/// Tells when nobody can still hold a reference to something that was taken away. A reference from a lookup is valid until its CPU
/// leaves the hypervisor; so what is retired may be reused once every CPU has been outside since.
/// </summary>
/// <remarks>
/// One counter, the epoch, moves with each retirement. A CPU notes the epoch on its way in and a mark on its way out. Something
/// retired at an epoch is free of references when every CPU is outside or came in at that epoch or later. The note on the way
/// in is an exchange, so no later load can be served before it.
/// </remarks>
public static class Quiescence
{
    private const int WordBits = 64;

    internal struct EpochState
    {
        /// <summary>How many retirements there were.</summary>
        internal ulong Epoch;

        /// <summary>All epochs up to this have passed on every CPU: the last that was found.</summary>
        internal ulong Passed;

        /// <summary>CPUs that have ever come in, one bit each.</summary>
        internal Fixed64<ulong> Known;
    }

    private static ref EpochState State => ref Root.Of<EpochState>();

    /// <summary>This CPU takes part from here on, and is inside.</summary>
    public static void Join()
    {
        Enter();
        int cpu = Processor.Id.Value;
        Interlocked.Or(ref State.Known[cpu / WordBits], 1UL << (cpu % WordBits));
    }

    /// <summary>On the way in from a guest or from idle, before anything is looked up. Changes nothing on a CPU that is inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter()
    {
        ref ulong inside = ref Processor.EpochInside;
        if (inside == 0)
        {
            Interlocked.Exchange(ref inside, unchecked(Volatile.Read(ref State.Epoch) + 1));
        }
    }

    /// <summary>On the way out to a guest or to idle, when every reference is given up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave() => Volatile.Write(ref Processor.EpochInside, 0);

    /// <summary>Says that something can no longer be found, and gives the epoch that has to pass before it is reused.</summary>
    public static ulong Retire() => Interlocked.Add(ref State.Epoch, 1);

    /// <summary>True when no CPU can hold a reference to what was retired with this epoch.</summary>
    public static bool HasPassed(ulong epoch)
    {
        ref EpochState state = ref State;
        if (epoch <= Volatile.Read(ref state.Passed))
        {
            return true;
        }

        ulong passed = Volatile.Read(ref state.Epoch);
        for (int word = 0; word < Fixed64<ulong>.Length; word++)
        {
            ulong cpus = Volatile.Read(ref state.Known[word]);
            while (cpus != 0)
            {
                CpuId cpu = new((word * WordBits) + BitOperations.TrailingZeroCount(cpus));
                cpus &= cpus - 1;
                ulong inside = Volatile.Read(ref Processor.EpochInsideOf(cpu));
                passed = inside != 0 && inside - 1 < passed ? inside - 1 : passed;
            }
        }

        Advance(ref state.Passed, passed);
        return epoch <= passed;
    }

    private static void Advance(ref ulong passed, ulong value)
    {
        ulong old = Volatile.Read(ref passed);
        while (old < value)
        {
            ulong seen = Interlocked.CompareExchange(ref passed, value, old);
            if (seen == old)
            {
                return;
            }

            old = seen;
        }
    }
}
