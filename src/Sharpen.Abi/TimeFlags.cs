using System;

namespace Sharpen.Abi;

/// <summary>Flags of <see cref="VcpuTimeInfo"/>. Source: <c>xen.h</c>.</summary>
[Flags]
public enum TimeFlags : byte
{
    /// <summary><c>XEN_PVCLOCK_TSC_STABLE_BIT</c></summary>
    TscStable = 1,

    /// <summary><c>XEN_PVCLOCK_GUEST_STOPPED</c></summary>
    GuestStopped = 2,
}
