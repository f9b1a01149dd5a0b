using System;

namespace Sharpen.Hypervisor.Domains;

/// <summary>Reasons for a vCPU not to run; it runs when there is none.</summary>
[Flags]
public enum VcpuHalt : byte
{
    None = 0,

    /// <summary>Never brought up, or taken down by its own kernel.</summary>
    Down = 1,

    /// <summary>It sleeps until an event.</summary>
    Blocked = 2,

    /// <summary>It sleeps until one of some ports is pending, or a deadline.</summary>
    Polling = 4,

    /// <summary>Its domain has used up the CPU time that it may have; nothing but time ends that.</summary>
    Capped = 8,
}
