using System.Threading;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Locks;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>Where the run queues are. A queue comes with its first CPU and stays: its place is that CPU's own area.</summary>
internal static class QueueDirectory
{
    private static ref DispatcherState State => ref Root.Of<DispatcherState>();

    /// <summary>Queues have numbers below this; not each of them exists.</summary>
    internal static int Limit => (int)Volatile.Read(ref State.QueueLimit);

    /// <summary>True when some CPU of that queue has come.</summary>
    internal static bool Exists(int index) => index == 0 || Volatile.Read(ref State.Founders[index]) != 0;

    /// <summary>A queue that exists.</summary>
    internal static ref GuardedQueue At(int index) => ref (index == 0
        ? ref State.Zero
        : ref PerCpu.Of<CpuDispatch>(new CpuId((int)Volatile.Read(ref State.Founders[index]) - 1)).Founded);

    /// <summary>The queue of a CPU that takes part.</summary>
    internal static ref GuardedQueue Of(CpuId cpu) => ref At(RunQueue.Of(cpu));

    /// <summary>Makes the queue of this CPU exist.</summary>
    internal static void Found(CpuId self)
    {
        int index = RunQueue.Of(self);
        ref RunQueue queue = ref (index == 0 ? ref State.Zero.Queue : ref PerCpu.Local<CpuDispatch>().Founded.Queue);
        if (!Exists(index) || index == 0)
        {
            queue.Index = (ushort)index;
            queue.RateLimit = State.RateLimit;
            Interlocked.CompareExchange(ref State.Founders[index], (uint)self.Value + 1, 0);
        }

        uint limit = Volatile.Read(ref State.QueueLimit);
        while (limit <= (uint)index)
        {
            uint seen = Interlocked.CompareExchange(ref State.QueueLimit, (uint)index + 1, limit);
            limit = seen == limit ? (uint)index + 1 : seen;
        }
    }

    /// <summary>Some CPU that takes part; false when none does.</summary>
    internal static bool TryAnyCpu(out CpuId cpu)
    {
        for (int index = 0; index < Limit; index++)
        {
            if (Exists(index) && !At(index).Queue.Online.IsEmpty)
            {
                ref RunQueue queue = ref At(index).Queue;
                cpu = queue.Global(queue.Online.First);
                return true;
            }
        }

        cpu = default;
        return false;
    }

    /// <summary>Takes the lock of the vCPU's home, wherever that is by the time the lock is got: a move needs the same lock.</summary>
    internal static Locked<SchedulerRank> EnterHome(ref Vcpu vcpu)
    {
        while (true)
        {
            int home = Volatile.Read(ref vcpu.Unit.Home);
            Locked<SchedulerRank> held = At(home).Lock.Enter(NoLocks.Held);
            if (vcpu.Unit.Home == home)
            {
                return held;
            }

            held.Dispose();
            Processor.Relax();
        }
    }

    /// <summary>Takes the locks of two queues, the lower number first. The same queue twice is not allowed.</summary>
    internal static LockedPair<SchedulerRank> EnterBoth(int one, int two) => one < two
        ? SpinLock<SchedulerRank>.EnterBoth(ref At(one).Lock, ref At(two).Lock, NoLocks.Held)
        : SpinLock<SchedulerRank>.EnterBoth(ref At(two).Lock, ref At(one).Lock, NoLocks.Held);
}
