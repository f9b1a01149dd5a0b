namespace Sharpen.Abi;

/// <summary><c>struct vcpu_guest_context</c>: a vCPU as a guest wants it to begin. Source: <c>arch-x86/xen.h</c>.</summary>
public struct VcpuGuestContext : IAbiData
{
    /// <summary><c>fpu_ctxt</c></summary>
    public Bytes512 Fpu;

    /// <summary><c>flags</c></summary>
    public GuestContextFlags Flags;

    /// <summary><c>user_regs</c></summary>
    public CpuUserRegisters Registers;

    /// <summary><c>trap_ctxt</c></summary>
    public TrapInfo256 Traps;

    /// <summary><c>ldt_base</c></summary>
    public ulong LdtBase;

    /// <summary><c>ldt_ents</c></summary>
    public ulong LdtEntries;

    /// <summary><c>gdt_frames</c></summary>
    public Words16 GdtFrames;

    /// <summary><c>gdt_ents</c></summary>
    public ulong GdtEntries;

    /// <summary><c>kernel_ss</c></summary>
    public ulong KernelSs;

    /// <summary><c>kernel_sp</c></summary>
    public ulong KernelSp;

    /// <summary><c>ctrlreg</c></summary>
    public Words8 ControlRegisters;

    /// <summary><c>debugreg</c></summary>
    public Words8 DebugRegisters;

    /// <summary><c>event_callback_eip</c></summary>
    public ulong EventCallback;

    /// <summary><c>failsafe_callback_eip</c></summary>
    public ulong FailsafeCallback;

    /// <summary><c>syscall_callback_eip</c></summary>
    public ulong SyscallCallback;

    /// <summary><c>vm_assist</c></summary>
    public ulong VmAssist;

    /// <summary><c>fs_base</c></summary>
    public ulong FsBase;

    /// <summary><c>gs_base_kernel</c></summary>
    public ulong GsBaseKernel;

    /// <summary><c>gs_base_user</c></summary>
    public ulong GsBaseUser;
}
