using System.Runtime;
using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Event channels by the 2-level ABI, on vCPU 0.</summary>
internal static unsafe class Events
{
    private const ulong PresentWritable = 0x63;

    private static ulong s_upcalls;
    private static ulong s_timerEvents;
    private static uint s_timerPort;

    /// <summary>How often the event callback was entered.</summary>
    internal static ulong Upcalls => Volatile.Read(ref s_upcalls);

    /// <summary>How often the timer's port was pending then.</summary>
    internal static ulong TimerEvents => Volatile.Read(ref s_timerEvents);

    /// <summary>The page shared with the hypervisor.</summary>
    internal static SharedInfo* Shared => (SharedInfo*)Stubs.SharedPage;

    /// <summary>This vCPU's part of it.</summary>
    internal static VcpuInfo* Vcpu => (VcpuInfo*)Stubs.SharedPage;

    /// <summary>Maps the shared page and registers the event callback; upcalls stay masked.</summary>
    internal static void Install()
    {
        long mapped = Kernel.Remap(Stubs.SharedPage, Boot.Info->SharedInfoAddress | PresentWritable);
        if (mapped != 0)
        {
            Line.Of("cannot map shared info: -"u8).Number((ulong)-mapped).Print();
        }

        Stubs.Call(Hypercall.SetCallbacks, Stubs.UpcallEntry, 0, 0, 0);
    }

    /// <summary>Gives the timer interrupt a port.</summary>
    internal static long BindTimer()
    {
        EventChannelBindVirq arguments = new() { Virq = Virq.Timer, Vcpu = 0 };
        long result = Stubs.Call(Hypercall.EventChannelOp, (ulong)EventChannelCommand.BindVirq, (ulong)&arguments, 0, 0);
        s_timerPort = arguments.Port;
        return result;
    }

    /// <summary>Upcalls may come from now on; one that is due comes by a hypercall's way out.</summary>
    internal static void Enable()
    {
        Volatile.Write(ref Vcpu->UpcallMask, 0);
        if (Volatile.Read(ref Vcpu->UpcallPending) != 0)
        {
            Stubs.Call(Hypercall.XenVersion, (ulong)VersionCommand.Version, 0, 0, 0);
        }
    }

    [RuntimeExport("guest_upcall")]
    private static void Upcall()
    {
        Volatile.Write(ref s_upcalls, s_upcalls + 1);
        Volatile.Write(ref Vcpu->UpcallPending, 0);
        ulong words = Interlocked.Exchange(ref Vcpu->PendingSelector, 0);
        ulong* pending = (ulong*)&Shared->Pending;
        for (int word = 0; word < 64; word++)
        {
            if ((words & (1UL << word)) != 0)
            {
                Take(word, Interlocked.Exchange(ref pending[word], 0));
            }
        }
    }

    private static void Take(int word, ulong bits)
    {
        if ((int)(s_timerPort / 64) == word && (bits & (1UL << (int)(s_timerPort % 64))) != 0)
        {
            Volatile.Write(ref s_timerEvents, s_timerEvents + 1);
        }
    }
}
