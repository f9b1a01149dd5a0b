using System;

namespace Sharpen.Hypervisor.Pv;

/// <summary>Bits of rflags. Source: the processor manuals.</summary>
[Flags]
internal enum Rflags : ulong
{
    Trap = 1UL << 8,
    Interrupt = 1UL << 9,
    IoPrivilege = 3UL << 12,
    NestedTask = 1UL << 14,
    Resume = 1UL << 16,
    Virtual8086 = 1UL << 17,
    AlignmentCheck = 1UL << 18,
    VirtualInterrupt = 3UL << 19,

    /// <summary>What a guest may choose for itself; the rest is cleared, and interrupts are always on.</summary>
    GuestMaySet = 0xcd5UL | Trap | Resume | AlignmentCheck | (1UL << 21),

    /// <summary>What the CPU insists on.</summary>
    Always = 2,
}
