using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Locks;

/// <summary>
/// A spin lock. CPUs are served in the order in which they came, unless this host is itself virtual: there the next in line may not be
/// running, and all would wait for it, so that whoever runs goes first.
/// </summary>
public struct TicketLock
{
    private uint _next;
    private uint _serving;

    internal void Acquire()
    {
        Processor.LockTaken();
        if (!TryAcquire())
        {
            Wait();
        }
    }

    private bool TryAcquire()
    {
        uint serving = Volatile.Read(ref _serving);
        return Volatile.Read(ref _next) == serving && Interlocked.CompareExchange(ref _next, unchecked(serving + 1), serving) == serving;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wait()
    {
        if (CpuFeatures.Host.IsVirtual)
        {
            while (!TryAcquire())
            {
                Processor.Relax();
            }

            return;
        }

        uint mine = unchecked(Interlocked.Add(ref _next, 1) - 1);
        while (Volatile.Read(ref _serving) != mine)
        {
            Processor.Relax();
        }
    }

    internal void Release()
    {
        Volatile.Write(ref _serving, unchecked(_serving + 1));
        Processor.LockReleased();
    }

    /// <summary>True while some CPU is inside.</summary>
    public readonly bool IsHeld => Volatile.Read(in _next) != Volatile.Read(in _serving);

    /// <summary>For a panic only: forget every holder and waiter.</summary>
    internal void Break() => Volatile.Write(ref _serving, Volatile.Read(ref _next));
}
