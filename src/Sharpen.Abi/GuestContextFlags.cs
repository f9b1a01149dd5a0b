using System;

namespace Sharpen.Abi;

/// <summary>Flags of a saved guest context and of an iret frame. Source: <c>arch-x86/xen.h</c>, <c>arch-x86/xen-x86_64.h</c>.</summary>
[Flags]
public enum GuestContextFlags : ulong
{
    /// <summary><c>VGCF_I387_VALID</c></summary>
    FpuValid = 1,

    /// <summary><c>VGCF_IN_KERNEL</c></summary>
    InKernel = 4,

    /// <summary><c>VGCF_failsafe_disables_events</c></summary>
    FailsafeDisablesEvents = 8,

    /// <summary><c>VGCF_syscall_disables_events</c></summary>
    SyscallDisablesEvents = 16,

    /// <summary><c>VGCF_online</c></summary>
    Online = 32,

    /// <summary><c>VGCF_IN_SYSCALL</c>: an iret frame that discards r11, rcx, cs and ss</summary>
    InSyscall = 256,
}
