using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Memory;

/// <summary>What the three cache bits of an entry mean, the same on every CPU and for every guest.</summary>
/// <remarks>
/// The PV interface fixes the order: write-back, write-through, uncached unless the MTRR says otherwise, uncached, write-combining,
/// write-protected, and uncached twice. The first four are what CPUs begin with, so what we have mapped until now does not change.
/// </remarks>
internal static class MemoryTypes
{
    /// <summary>The attribute table: one byte for each value of the three bits.</summary>
    internal const ulong Table = 0x0000_0501_0007_0406;

    /// <summary>On the CPU that executes this, before it runs a guest.</summary>
    internal static void Program() => Msr.TryWrite(Msr.Pat, Table);
}
