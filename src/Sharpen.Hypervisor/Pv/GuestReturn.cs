using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv;

/// <summary>
/// The iret of a PV kernel. Its frame comes from guest memory and decides where ring 3 goes on: ring, interrupts and I/O privilege are forced,
/// and what the CPU then refuses comes back as an exception of the guest. After a system call, code and stack are the flat ones, and rcx and r11
/// are what the syscall instruction leaves.
/// </summary>
public static class GuestReturn
{
    private const ushort RingMask = 3;

    /// <summary>Takes the frame at the caller's stack pointer and makes it the caller's state.</summary>
    public static void Return(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        IretContext frame = default;
        if (!GuestHandle<IretContext>.From(registers.Rsp).Try(out GuestHandle<IretContext> place, out _)
            || !GuestMemory.ReadInPlace(place, ref frame).Try(out _))
        {
            DomainControl.Crash(ref vcpu, "iret frame cannot be read, rsp", registers.Rsp);
            return;
        }

        bool isUser = (frame.Cs & RingMask) == RingMask;
        if (isUser && !GuestCpu.HasUserRoot(in vcpu.Context))
        {
            DomainControl.Crash(ref vcpu, "iret to user mode without user page tables, rip", frame.Rip);
            return;
        }

        Commit(ref vcpu, ref registers, in frame);
        vcpu.InKernel = !isUser;
        GuestCpu.SetMode(ref vcpu.Context, isUser);
    }

    private static void Commit(ref Vcpu vcpu, ref CpuUserRegisters registers, in IretContext frame)
    {
        bool isSystemCall = (frame.Flags & (ulong)GuestContextFlags.InSyscall) != 0;
        ushort code = (ushort)((frame.Cs & 0xffff) | RingMask);
        ushort flatCode = (ushort)((FlatSelector)code == FlatSelector.UserCode32 ? FlatSelector.UserCode32 : FlatSelector.UserCode64);
        vcpu.NmiMasked = false;
        registers.Rax = frame.Rax;
        registers.Rip = frame.Rip;
        registers.Rsp = frame.Rsp;
        registers.Cs = isSystemCall ? flatCode : code;
        registers.Ss = isSystemCall ? (ushort)FlatSelector.UserData32 : (ushort)((frame.Ss & 0xffff) | RingMask);
        registers.Rflags = (frame.Rflags & (ulong)Rflags.GuestMaySet) | (ulong)(Rflags.Always | Rflags.Interrupt);
        registers.Rcx = isSystemCall ? frame.Rip : frame.Rcx;
        registers.R11 = isSystemCall ? registers.Rflags : frame.R11;
        ref VcpuInfo info = ref VcpuInfos.Of(ref vcpu);
        info.UpcallMask = (frame.Rflags & (ulong)Rflags.Interrupt) == 0 ? (byte)1 : (byte)0;
    }
}
