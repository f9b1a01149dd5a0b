using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Domains;

/// <summary>Where a PV kernel wants to be entered; a zero address means that it has not said.</summary>
public struct GuestEntries
{
    /// <summary>For event upcalls; entered with upcalls masked.</summary>
    public GuestLinear Event;

    /// <summary>For a return that could not be made.</summary>
    public GuestLinear Failsafe;

    /// <summary>For a system call of user code.</summary>
    public GuestLinear Syscall;

    /// <summary>For a system call of user code that runs in compatibility mode.</summary>
    public GuestLinear Syscall32;

    /// <summary>True when upcalls are masked on entry to <see cref="Failsafe"/>.</summary>
    public bool FailsafeMasksEvents;

    /// <summary>True when upcalls are masked on entry to <see cref="Syscall"/>.</summary>
    public bool SyscallMasksEvents;

    /// <summary>True when upcalls are masked on entry to <see cref="Syscall32"/>.</summary>
    public bool Syscall32MasksEvents;
}
