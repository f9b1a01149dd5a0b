using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;

namespace Sharpen.Machine.Smp;

/// <summary>Makes every CPU forget cached translations before memory that they lead to is used for something else.</summary>
public static class TlbShootdown
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
            while (!FlushRequests.AllServed(cpu))
            {
                Processor.Relax();
            }
        }
    }
}
