using System.Runtime.CompilerServices;
using System.Threading;

namespace Sharpen.Machine.Cpu;

/// <summary>Requests from other CPUs to forget cached translations, served by whoever spins, waits or enters the hypervisor.</summary>
/// <remarks>A counter asked for and a counter done: a CPU that is behind flushes everything once, however many have asked.</remarks>
internal static unsafe class FlushRequests
{
    /// <summary>Asks a CPU, which still has to be woken.</summary>
    internal static void Post(CpuId cpu) => Interlocked.Add(ref CpuBlock.Of(cpu)->FlushesAsked, 1);

    /// <summary>True when the CPU has done all that it was asked until now.</summary>
    internal static bool AllServed(CpuId cpu) => Volatile.Read(ref CpuBlock.Of(cpu)->FlushesDone) == Volatile.Read(ref CpuBlock.Of(cpu)->FlushesAsked);

    /// <summary>Does what others have asked of this CPU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Serve()
    {
        CpuBlock* block = CpuBlock.Current;
        if (Volatile.Read(ref block->FlushesAsked) != block->FlushesDone)
        {
            Flush(block);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Flush(CpuBlock* block)
    {
        const ulong GlobalPages = 1 << 7;
        uint asked = Volatile.Read(ref block->FlushesAsked);
        if (Volatile.Read(ref block->MustFlushCaches) != 0)
        {
            Volatile.Write(ref block->MustFlushCaches, 0);
            Instructions.WriteBackCaches();
        }

        ulong control = Instructions.ReadCr4();
        if ((control & GlobalPages) != 0)
        {
            Instructions.WriteCr4(control & ~GlobalPages);
            Instructions.WriteCr4(control);
        }
        else
        {
            Instructions.WriteCr3(Instructions.ReadCr3());
        }

        Volatile.Write(ref block->FlushesDone, asked);
    }
}
