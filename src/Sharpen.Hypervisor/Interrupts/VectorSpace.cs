using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>Which vectors of a CPU are free for lines. The lock of <see cref="InterruptLines"/> is held.</summary>
internal static class VectorSpace
{
    private const int First = 0x30;
    private const int End = 0xf0;

    /// <summary>A gate that guests of old may use by an instruction.</summary>
    private const int OldHypercallGate = 0x82;

    /// <summary>Takes neighbours for the lines from <paramref name="line"/> on. ENOSPC: no CPU's worth of them is free.</summary>
    /// <param name="count">1, or a power of two up to 32: then the first is a multiple of it.</param>
    internal static Result<byte> Allocate(CpuId cpu, int line, int count)
    {
        ref CpuVectors vectors = ref PerCpu.Of<CpuVectors>(cpu);
        for (int first = First; first + count <= End; first += count)
        {
            if (AreFree(ref vectors, first, count))
            {
                for (int i = 0; i < count; i++)
                {
                    vectors.Lines[first + i] = (ushort)(line + i + 1);
                }

                return (byte)first;
            }
        }

        return Errno.NoSpc;
    }

    /// <summary>Gives one back; one that is under way is counted as a stray.</summary>
    internal static void Free(CpuId cpu, byte vector) => PerCpu.Of<CpuVectors>(cpu).Lines[vector] = 0;

    private static bool AreFree(ref CpuVectors vectors, int first, int count)
    {
        for (int vector = first; vector < first + count; vector++)
        {
            if (vectors.Lines[vector] != 0 || vector == OldHypercallGate)
            {
                return false;
            }
        }

        return true;
    }
}
