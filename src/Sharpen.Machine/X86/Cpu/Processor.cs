using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sharpen.Machine.Cpu;

/// <summary>The CPU that executes this code.</summary>
public static unsafe class Processor
{
    /// <summary>Its number.</summary>
    public static CpuId Id
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(CpuBlock.Current->Id);
    }

    /// <summary>For <see cref="Pools.Quiescence"/>: the epoch at which this CPU came in, plus one; 0 while it is outside.</summary>
    internal static ref ulong EpochInside
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref *(ulong*)unchecked(CpuBlock.Start + CpuBlock.Offset + CpuBlock.EpochOffset);
    }

    /// <summary>The same of another CPU that has come in once.</summary>
    internal static ref ulong EpochInsideOf(CpuId cpu) => ref CpuBlock.Of(cpu)->EpochInside;

    /// <summary>One turn of a spin loop: lets other CPUs make progress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Relax()
    {
        X86Base.Pause();
        FlushRequests.Serve();
    }

    /// <summary>Does what other CPUs have asked of this one. At every entry through the kick vector.</summary>
    public static void ServeRequests() => FlushRequests.Serve();

    /// <summary>Counts a lock that this CPU waits for or holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void LockTaken()
    {
        ref int held = ref *(int*)unchecked(CpuBlock.Start + CpuBlock.Offset + CpuBlock.LocksOffset);
        held = unchecked(held + 1);
    }

    /// <summary>Counts it out again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void LockReleased()
    {
        ref int held = ref *(int*)unchecked(CpuBlock.Start + CpuBlock.Offset + CpuBlock.LocksOffset);
        held = unchecked(held - 1);
    }

    /// <summary>Stops this CPU for ever, interrupts off.</summary>
    public static void Stop() => Instructions.Stop();
}
