using System.Runtime.CompilerServices;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Cpu;

/// <summary>One zero-initialised instance of a state type for each CPU, behind its stack block.</summary>
public static unsafe class PerCpu
{
    /// <summary>Bytes of per-CPU data that fit a CPU's area.</summary>
    public const int Capacity = 0x8000;

    /// <summary>Makes room for <typeparamref name="T"/> on every CPU. Once per type, on the boot CPU, before other CPUs start.</summary>
    public static void Reserve<T>()
        where T : unmanaged
    {
        ref int used = ref Root.Of<Layout>().Used;
        int start = (used + 63) & ~63;
        if (sizeof(T) > Capacity - start)
        {
            Instructions.UndefinedInstruction();
        }

        Root.Of<Place<T>>().Start = start;
        used = start + sizeof(T);
    }

    /// <summary>This CPU's instance: private to it, so it needs no lock.</summary>
    /// <remarks>Safety: Reserve has bounded the place; every CPU's data area is mapped before the CPU runs.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Local<T>()
        where T : unmanaged => ref *(T*)unchecked(CpuBlock.Start + CpuBlock.BlockSize + (uint)Root.Of<Place<T>>().Start);

    /// <summary>Another CPU's instance. Only for what is made to be shared (mailboxes, counters read without a lock).</summary>
    public static ref T Of<T>(CpuId cpu)
        where T : unmanaged => ref *(T*)(CpuArea.StackBlock(cpu) + CpuBlock.BlockSize + (ulong)Root.Of<Place<T>>().Start);

    /// <summary>Bytes in use on each CPU.</summary>
    public static int Used => Root.Of<Layout>().Used;

    private struct Layout
    {
        internal int Used;
    }

    private struct Place<T>
        where T : unmanaged
    {
        internal int Start;
    }
}
