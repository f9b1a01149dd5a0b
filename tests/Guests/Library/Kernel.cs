using System;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>The hypercalls that concern the guest as a whole.</summary>
internal static unsafe class Kernel
{
    /// <summary>Writes bytes to the hypervisor's console.</summary>
    internal static void Write(ReadOnlySpan<byte> text)
    {
        fixed (byte* first = text)
        {
            Stubs.Call(Hypercall.ConsoleIo, (ulong)ConsoleIoCommand.Write, (ulong)text.Length, (ulong)first, 0);
        }
    }

    /// <summary>Lets others run.</summary>
    internal static void Yield() => Stubs.Call(Hypercall.SchedOp, (ulong)SchedCommand.Yield, 0, 0, 0);

    /// <summary>Sleeps until an event; upcalls are unmasked.</summary>
    internal static void Block() => Stubs.Call(Hypercall.SchedOp, (ulong)SchedCommand.Block, 0, 0, 0);

    /// <summary>Ends this domain.</summary>
    internal static void Shutdown(ShutdownReason reason)
    {
        SchedShutdown arguments = new() { Reason = reason };
        while (true)
        {
            Stubs.Call(Hypercall.SchedOp, (ulong)SchedCommand.Shutdown, (ulong)&arguments, 0, 0);
        }
    }

    /// <summary>Maps a machine frame at an address of this guest that its page tables reach already.</summary>
    internal static long Remap(ulong address, ulong entry)
    {
        const ulong InvalidateHere = 2;
        return Stubs.Call(Hypercall.UpdateVaMapping, address, entry, InvalidateHere, 0);
    }

    /// <summary>Asks for the timer interrupt at a system time.</summary>
    internal static long SetTimer(ulong nanoseconds) => Stubs.Call(Hypercall.SetTimerOp, nanoseconds, 0, 0, 0);

    /// <summary>Nanoseconds for which this vCPU has had a CPU.</summary>
    internal static ulong RunNanoseconds
    {
        get
        {
            VcpuRunstateInfo info;
            long result = Stubs.Call(Hypercall.VcpuOp, (ulong)VcpuCommand.GetRunstateInfo, 0, (ulong)&info, 0);
            return result == 0 ? *(ulong*)&info.Time : 0;
        }
    }
}
