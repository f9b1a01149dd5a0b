using System.Threading;
using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Locks;

/// <summary>A fair spin lock: CPUs are served in the order in which they came.</summary>
public struct TicketLock
{
    private uint _next;
    private uint _serving;

    internal void Acquire()
    {
        uint mine = unchecked(Interlocked.Add(ref _next, 1) - 1);
        Processor.LockTaken();
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
