using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Memory;

/// <summary>
/// Frames that a domain has given back and that somebody still refers to: an entry that maps one, of whichever domain. They count as the
/// domain's until the last reference goes, and its number must not be given to another domain before that.
/// </summary>
internal static class LingeringFrames
{
    internal struct LingeringState
    {
        internal int Settled;
        internal Fixed32768<int> Counts;
    }

    private static ref LingeringState State => ref Root.Of<LingeringState>();

    /// <summary>How many there are of a domain.</summary>
    internal static ulong Of(DomainId owner) => owner.IsOrdinary ? (ulong)(uint)Volatile.Read(ref State.Counts[owner.Value]) : 0;

    /// <summary>One more.</summary>
    internal static void Add(DomainId owner)
    {
        if (owner.IsOrdinary)
        {
            Interlocked.Increment(ref State.Counts[owner.Value]);
        }
    }

    /// <summary>One less.</summary>
    internal static void Remove(DomainId owner)
    {
        if (owner.IsOrdinary && Interlocked.Decrement(ref State.Counts[owner.Value]) == 0)
        {
            Volatile.Write(ref State.Settled, 1);
            Attention.Raise();
        }
    }

    /// <summary>True after some domain's last one went.</summary>
    internal static bool HasSettled
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref State.Settled) != 0;
    }

    /// <summary>The same, once.</summary>
    internal static bool TakeSettled() => HasSettled && Interlocked.Exchange(ref State.Settled, 0) != 0;
}
