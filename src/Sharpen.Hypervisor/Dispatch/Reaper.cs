using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>
/// Takes the steps of teardown. Those of a domain that a toolstack ends are taken by the calls of that toolstack, so that ends of different domains
/// run side by side; all others a few on each way through the hypervisor, on whichever CPU comes along, one at a time. An idle CPU goes on until
/// nothing is left to do.
/// </summary>
public static class Reaper
{
    internal struct State
    {
        /// <summary>How many domains are dying.</summary>
        internal int Dying;

        /// <summary>Not zero while some CPU takes a step.</summary>
        internal int IsBusy;

        /// <summary>Frames have settled, and a domain that may wait for them was not looked at.</summary>
        internal bool IsMissed;
    }

    private static ref State Shared => ref Root.Of<State>();

    /// <summary>True while some domain is dying and does not only wait for others to let its frames go.</summary>
    public static bool HasWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref Shared.Dying) != 0 || DomainFrames.HasSettled || Shared.IsMissed;
    }

    /// <summary>One more domain is dying.</summary>
    internal static void Announce()
    {
        Interlocked.Increment(ref Shared.Dying);
        Attention.Raise();
    }

    /// <summary>One step for a domain whose end somebody asked for and waits for. True: nothing is left for the caller to do.</summary>
    public static bool Bury(ref Domain domain)
    {
        if (!TryClaim(ref domain))
        {
            return false;
        }

        bool hasMore = domain.HasUndertaker && DomainTeardown.Step(ref domain) && !domain.WaitsForFrames;
        domain.HasUndertaker = hasMore;
        Volatile.Write(ref domain.IsStepped, 0);
        return !hasMore;
    }

    /// <summary>A domain is gone: what it had begun to bury is left to whoever has time.</summary>
    internal static void Inherit(DomainId gone)
    {
        for (int slot = 0; slot < DomainList.Capacity; slot++)
        {
            ref Domain domain = ref DomainList.At(slot);
            if (!Refs.IsNull(ref domain) && domain.HasUndertaker && domain.Undertaker == gone && TryClaim(ref domain))
            {
                domain.HasUndertaker = false;
                Announce();
                Volatile.Write(ref domain.IsStepped, 0);
            }
        }
    }

    private static bool TryClaim(ref Domain domain) => Interlocked.CompareExchange(ref domain.IsStepped, 1, 0) == 0;

    /// <summary>One step for each dying domain. At once when there is none, or another CPU is at it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Work()
    {
        if (!HasWork)
        {
            return;
        }

        WorkOnce();
        if (HasWork)
        {
            Attention.Raise();
        }
    }

    private static void WorkOnce()
    {
        ref State state = ref Shared;
        if (Interlocked.CompareExchange(ref state.IsBusy, 1, 0) != 0)
        {
            return;
        }

        bool hasSettled = DomainFrames.TakeSettled() | state.IsMissed;
        bool isMissed = false;
        for (int slot = 0; slot < DomainList.Capacity; slot++)
        {
            ref Domain domain = ref DomainList.At(slot);
            if (!Refs.IsNull(ref domain) && domain.Phase == DomainPhase.Dying)
            {
                isMissed |= !TryVisit(ref domain, hasSettled);
            }
        }

        state.IsMissed = isMissed && hasSettled;
        Volatile.Write(ref state.IsBusy, 0);
    }

    private static bool TryVisit(ref Domain domain, bool hasSettled)
    {
        if (!TryClaim(ref domain))
        {
            return false;
        }

        if (domain.Phase == DomainPhase.Dying && !domain.HasUndertaker)
        {
            Visit(ref domain, hasSettled);
        }

        Volatile.Write(ref domain.IsStepped, 0);
        return true;
    }

    // A domain that waits for others is not looked at again before some domain's last lingering frame went.
    private static void Visit(ref Domain domain, bool hasSettled)
    {
        if (domain.WaitsForFrames)
        {
            if (!hasSettled)
            {
                return;
            }

            domain.WaitsForFrames = false;
            Announce();
        }

        if (!DomainTeardown.Step(ref domain) || domain.WaitsForFrames)
        {
            Interlocked.Decrement(ref Shared.Dying);
        }
    }
}
