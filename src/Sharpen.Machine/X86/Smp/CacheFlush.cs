using System.Threading;
using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Smp;

/// <summary>Writes caches back to memory, for devices that do not look into them.</summary>
internal static unsafe class CacheFlush
{
    /// <summary>On this CPU.</summary>
    internal static void Here() => Instructions.WriteBackCaches();

    /// <summary>On all others, when they next serve a request; returns when they have.</summary>
    internal static void Elsewhere()
    {
        CpuId self = Processor.Id;
        for (int next = 0; Processors.Online.TryNext(next, out CpuId cpu); next = cpu.Value + 1)
        {
            if (cpu != self)
            {
                Volatile.Write(ref CpuBlock.Of(cpu)->MustFlushCaches, 1);
            }
        }

        TlbShootdown.Everywhere();
    }
}
