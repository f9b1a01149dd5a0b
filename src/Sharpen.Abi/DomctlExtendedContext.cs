using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_ext_vcpucontext</c>: what else a vCPU has. Source: <c>domctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct DomctlExtendedContext : IAbiData
{
    /// <summary><c>vcpu</c></summary>
    [FieldOffset(0)]
    public uint Vcpu;

    /// <summary><c>size</c>: bytes</summary>
    [FieldOffset(4)]
    public uint Size;

    /// <summary><c>syscall32_callback_eip</c></summary>
    [FieldOffset(8)]
    public ulong SyscallEntry;

    /// <summary><c>sysenter_callback_eip</c></summary>
    [FieldOffset(16)]
    public ulong SysenterEntry;

    /// <summary><c>syscall32_callback_cs</c></summary>
    [FieldOffset(24)]
    public ushort SyscallSelector;

    /// <summary><c>sysenter_callback_cs</c></summary>
    [FieldOffset(26)]
    public ushort SysenterSelector;

    /// <summary><c>syscall32_disables_events</c></summary>
    [FieldOffset(28)]
    public byte SyscallMasksEvents;

    /// <summary><c>sysenter_disables_events</c></summary>
    [FieldOffset(29)]
    public byte SysenterMasksEvents;

    /// <summary><c>vmce.caps</c></summary>
    [FieldOffset(32)]
    public ulong CheckCapabilities;

    /// <summary><c>vmce.mci_ctl2_bank0</c></summary>
    [FieldOffset(40)]
    public ulong CheckControl0;

    /// <summary><c>vmce.mci_ctl2_bank1</c></summary>
    [FieldOffset(48)]
    public ulong CheckControl1;

    /// <summary><c>vmce.mcg_ext_ctl</c></summary>
    [FieldOffset(56)]
    public ulong CheckExtended;
}
