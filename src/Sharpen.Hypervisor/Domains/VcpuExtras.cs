namespace Sharpen.Hypervisor.Domains;

/// <summary>What a toolstack sets of a vCPU and reads again, and what nothing here acts on: entry points that no CPU of AMD's uses in 64-bit mode, and registers about machine checks.</summary>
public struct VcpuExtras
{
    /// <summary>Where sysenter would enter the kernel.</summary>
    public ulong SysenterEntry;

    /// <summary>The code selector of <see cref="SysenterEntry"/>.</summary>
    public ushort SysenterSelector;

    /// <summary>The code selector of <see cref="GuestEntries.Syscall32"/>.</summary>
    public ushort SyscallSelector;

    /// <summary>True when upcalls would be masked on entry by sysenter.</summary>
    public bool SysenterMasksEvents;

    /// <summary>What its machine-check architecture is to look like, less what it looks like of itself.</summary>
    public ulong CheckCapabilities;

    /// <summary>A register of the first bank.</summary>
    public ulong CheckControl0;

    /// <summary>A register of the second bank.</summary>
    public ulong CheckControl1;

    /// <summary>A register for all banks.</summary>
    public ulong CheckExtended;
}
