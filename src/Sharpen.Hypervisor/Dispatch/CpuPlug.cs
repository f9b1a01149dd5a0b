using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Interrupts;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>Takes CPUs down and brings them up again while the host runs.</summary>
/// <remarks>
/// A CPU that is down is parked: it runs no guest and has no timers, and the interrupts of devices go elsewhere. It stays the
/// hypervisor's: halted, it still answers flushes, NMIs and machine checks, and serves an interrupt that was under way to it. It goes and comes
/// itself, on its way out of the hypervisor, with nothing held; who asked asks again until it has. One CPU changes at a time.
/// </remarks>
public static class CpuPlug
{
    private struct State
    {
        /// <summary>Not zero while a CPU is asked and has not followed.</summary>
        internal uint Changing;
    }

    /// <summary>Wants a CPU to take part, or not to.</summary>
    /// <param name="cpu">One that exists, and not the one that must stay: the first.</param>
    /// <param name="isUp">True: it is to take part.</param>
    /// <returns>Success: now it does so; EAGAIN: it is about to, ask again; EEXIST: it did so before; EBUSY: another CPU changes.</returns>
    public static Result Ask(CpuId cpu, bool isUp)
    {
        ref uint phase = ref PerCpu.Of<CpuDispatch>(cpu).Phase;
        uint seen = Volatile.Read(ref phase);
        uint steady = (uint)(isUp ? CpuPhase.Up : CpuPhase.Down);
        if (seen == (uint)(isUp ? CpuPhase.Came : CpuPhase.Left))
        {
            Volatile.Write(ref phase, steady);
            return Result.Success;
        }

        uint asked = (uint)(isUp ? CpuPhase.Coming : CpuPhase.Leaving);
        return seen == steady ? Errno.Exist : seen == asked ? Errno.Again : Begin(cpu, ref phase, seen, asked);
    }

    /// <summary>On the way out, with nothing held: this CPU does what it was asked, if it was.</summary>
    internal static void Follow(ref CpuDispatch cpu)
    {
        CpuPhase phase = (CpuPhase)Volatile.Read(ref cpu.Phase);
        if (phase == CpuPhase.Leaving)
        {
            HostCpus.SetActive(false);
            Dispatcher.Offline();
            if (QueueDirectory.TryAnyCpu(out CpuId heir))
            {
                LineClaims.MoveAll(heir);
            }

            Finish(ref cpu, CpuPhase.Left);
            Log.Info($"{Processor.Id} is parked");
        }
        else if (phase == CpuPhase.Coming)
        {
            Dispatcher.Online();
            HostCpus.SetActive(true);
            Finish(ref cpu, CpuPhase.Came);
            Log.Info($"{Processor.Id} takes part again");
        }
    }

    private static Result Begin(CpuId cpu, ref uint phase, uint seen, uint asked)
    {
        ref uint changing = ref Root.Of<State>().Changing;
        if (seen is (uint)CpuPhase.Leaving or (uint)CpuPhase.Coming || Interlocked.CompareExchange(ref changing, 1, 0) != 0)
        {
            return Errno.Busy;
        }

        // Whoever was quicker has been served meanwhile.
        if (Volatile.Read(ref phase) != seen)
        {
            Volatile.Write(ref changing, 0);
            return Errno.Again;
        }

        Volatile.Write(ref phase, asked);
        if (cpu == Processor.Id)
        {
            Dispatcher.DecideAgain(ref Dispatcher.Local);
        }
        else
        {
            Ipi.Kick(cpu);
        }

        return Errno.Again;
    }

    private static void Finish(ref CpuDispatch cpu, CpuPhase phase)
    {
        Volatile.Write(ref cpu.Phase, (uint)phase);
        Volatile.Write(ref Root.Of<State>().Changing, 0);
        HostEvents.Raise(Virq.CpuState);
    }
}
