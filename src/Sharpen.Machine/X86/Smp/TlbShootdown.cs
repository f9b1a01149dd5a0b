using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Smp;

/// <summary>Makes CPUs forget cached translations before memory that they lead to is used for something else.</summary>
public static unsafe class TlbShootdown
{
    /// <summary>Returns when no CPU can still use a translation that was removed before the call. May be called with locks held.</summary>
    public static void Everywhere()
    {
        CpuId self = Processor.Id;
        FlushRequests.Post(self);
        FlushRequests.Serve();
        for (int next = 0; Processors.Online.TryNext(next, out CpuId cpu); next = cpu.Value + 1)
        {
            if (cpu != self)
            {
                FlushRequests.Post(cpu);
                Ipi.Kick(cpu);
            }
        }

        for (int next = 0; Processors.Online.TryNext(next, out CpuId cpu); next = cpu.Value + 1)
        {
            Await(cpu);
        }
    }

    /// <summary>
    /// The same for translations of one domain's page tables: only CPUs that use them now are asked. Others have loaded CR3 since, which
    /// forgets all, because no entry of a guest is global.
    /// </summary>
    /// <remarks>A CPU says which tables it is about to use before it loads them, and what it says is ordered before its first walk, as
    /// the change of the entry is ordered before the question here: one of the two sees the other.</remarks>
    public static void Of(DomainId domain)
    {
        int wanted = domain.Value + 1;
        int self = Processor.Id.Value;
        if (CpuBlock.Current->Tables == wanted)
        {
            TranslationCache.FlushLocal();
        }

        Interlocked.MemoryBarrier();
        int end = Processors.End;
        bool isAwaited = false;
        for (int number = 0; number < end; number++)
        {
            if (number != self && Uses(new CpuId(number), wanted))
            {
                FlushRequests.Post(new CpuId(number));
                Ipi.Kick(new CpuId(number));
                isAwaited = true;
            }
        }

        for (int number = 0; isAwaited && number < end; number++)
        {
            if (Processors.Online.Has(new CpuId(number)))
            {
                Await(new CpuId(number));
            }
        }
    }

    private static bool Uses(CpuId cpu, int tables)
    {
        if (!Processors.Online.Has(cpu))
        {
            return false;
        }

        CpuBlock* block = CpuBlock.Of(cpu);
        return Volatile.Read(ref block->NextTables) == tables || Volatile.Read(ref block->Tables) == tables;
    }

    private static void Await(CpuId cpu)
    {
        while (!FlushRequests.AllServed(cpu))
        {
            Processor.Relax();
        }
    }
}
