using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>What each vector of one CPU stands for. Under the lock of <see cref="InterruptLines"/>.</summary>
internal struct CpuVectors
{
    /// <summary>The line plus one; 0 for none.</summary>
    internal Fixed256<ushort> Lines;

    /// <summary>Interrupts that nobody expected.</summary>
    internal ulong Stray;
}
