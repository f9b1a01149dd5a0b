using System.Runtime.CompilerServices;
using System.Threading;

namespace Sharpen.Machine.Cpu;

/// <summary>
/// One word that says whether this CPU has to look at anything before it goes back to its guest: a decision, the timer, the dead, the
/// console. Whoever makes such work on this CPU raises it; who looks lowers it first.
/// </summary>
public static unsafe class Attention
{
    /// <summary>True when there may be something to look at.</summary>
    public static bool IsRaised
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref CpuBlock.Current->Attention) != 0;
    }

    /// <summary>This CPU is to look on its way out.</summary>
    public static void Raise() => Volatile.Write(ref CpuBlock.Current->Attention, 1);

    /// <summary>It is about to look at everything.</summary>
    public static void Lower() => Volatile.Write(ref CpuBlock.Current->Attention, 0);
}
