using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Events;

/// <summary>
/// The 2-level ABI on the shared page: a pending and a mask bit per port, a selector bit per word of pending bits, an
/// upcall flag per vCPU. The guest writes all of them at any time, so every change is one atomic operation and nothing
/// is believed: a guest that plays with them loses events of its own. Source: <c>xen.h</c>, <c>struct shared_info</c>.
/// </summary>
public static class EventBits
{
    private const int BitsPerWord = 64;

    /// <summary>Ports that the pages have bits for.</summary>
    public const uint Ports = BitsPerWord * BitsPerWord;

    /// <summary>Makes a port pending. True when the vCPU is to be notified, because nothing had told it yet.</summary>
    /// <param name="shared">The page of the port's domain.</param>
    /// <param name="port">One that has no bit, at <see cref="Ports"/> or above, raises nothing.</param>
    /// <param name="info">What is shared with the vCPU that the port notifies.</param>
    public static bool Raise(ref SharedInfo shared, uint port, ref VcpuInfo info) => Raise(ref shared, port) && Select(ref info, port);

    /// <summary>The first half of it: makes a port pending. True when its word is to be selected.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Raise(ref SharedInfo shared, uint port)
    {
        if (port >= Ports)
        {
            return false;
        }

        ulong bit = 1UL << unchecked((int)port);
        bool wasPending = (Interlocked.Or(ref Word(ref shared.Pending, port), bit) & bit) != 0;
        return !wasPending && !IsMasked(ref shared, port);
    }

    /// <summary>Clears a port's mask. True when the vCPU is to be notified: the port was pending behind the mask.</summary>
    public static bool Unmask(ref SharedInfo shared, uint port, ref VcpuInfo info)
    {
        if (port >= Ports)
        {
            return false;
        }

        ulong bit = 1UL << unchecked((int)port);
        bool wasMasked = (Interlocked.And(ref Word(ref shared.Mask, port), ~bit) & bit) != 0;
        return wasMasked && IsPending(ref shared, port) && Select(ref info, port);
    }

    /// <summary>Forgets that a port is pending: it is being closed.</summary>
    public static void Clear(ref SharedInfo shared, uint port)
    {
        if (port < Ports)
        {
            Interlocked.And(ref Word(ref shared.Pending, port), ~(1UL << unchecked((int)port)));
        }
    }

    /// <summary>True while the guest has not taken the event.</summary>
    public static bool IsPending(ref SharedInfo shared, uint port) =>
        port < Ports && (Volatile.Read(ref Word(ref shared.Pending, port)) & (1UL << unchecked((int)port))) != 0;

    /// <summary>True while the guest does not want to be notified.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsMasked(ref SharedInfo shared, uint port) =>
        (Volatile.Read(ref Word(ref shared.Mask, port)) & (1UL << unchecked((int)port))) != 0;

    /// <summary>The part of the page that belongs to one vCPU, below 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref VcpuInfo VcpuInfoOf(ref SharedInfo shared, int vcpu) => ref Layout.Items<VcpuInfo32, VcpuInfo>(ref shared.Vcpus)[vcpu];

    /// <summary>True when the vCPU's kernel is to be entered at its event callback.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool WantsUpcall(ref VcpuInfo info) => Volatile.Read(ref info.UpcallPending) != 0 && Volatile.Read(ref info.UpcallMask) == 0;

    /// <summary>The vCPU's kernel is to look at its events.</summary>
    public static void Notify(ref VcpuInfo info) => Volatile.Write(ref info.UpcallPending, 1);

    /// <summary>The other half: tells the vCPU in which word a port is pending. True when nothing had told it yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Select(ref VcpuInfo info, uint port)
    {
        ulong bit = 1UL << unchecked((int)(port / BitsPerWord));
        bool wasSelected = (Interlocked.Or(ref info.PendingSelector, bit) & bit) != 0;
        if (!wasSelected)
        {
            Notify(ref info);
        }

        return !wasSelected;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong Word(ref Words64 words, uint port)
    {
        Span<ulong> all = Layout.Items<Words64, ulong>(ref words);
        return ref all[unchecked((int)(port / BitsPerWord))];
    }
}
