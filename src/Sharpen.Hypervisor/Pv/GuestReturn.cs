using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv;

/// <summary>
/// The iret of a PV kernel. Its frame comes from guest memory and decides where ring 3 goes on, so every word is checked
/// or forced: a frame that no kernel builds ends the domain, and never reaches the CPU.
/// </summary>
public static class GuestReturn
{
    private const ushort RingMask = 3;

    /// <summary>Takes the frame at the caller's stack pointer and makes it the caller's state.</summary>
    public static void Return(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (!GuestHandle<IretContext>.From(registers.Rsp).Try(out GuestHandle<IretContext> place, out _)
            || !GuestMemory.Read(place).Try(out IretContext frame, out _))
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

        if (!new GuestLinear(frame.Rip).IsGuest)
        {
            DomainControl.Crash(ref vcpu, "iret to an address that no guest has, rip", frame.Rip);
            return;
        }

        if (!IsCode((ushort)(frame.Cs & 0xffff)))
        {
            DomainControl.Crash(ref vcpu, "iret to a code selector that no guest has,", frame.Cs & 0xffff);
            return;
        }

        if (!IsStack((ushort)(frame.Ss & 0xffff)))
        {
            DomainControl.Crash(ref vcpu, "iret to a stack selector that no guest has,", frame.Ss & 0xffff);
            return;
        }

        Commit(ref vcpu, ref registers, in frame);
        vcpu.InKernel = !isUser;
        GuestCpu.SetMode(ref vcpu.Context, isUser);
    }

    /// <summary>True for a selector that a 64-bit kernel may run on, whatever its ring says.</summary>
    public static bool IsCode(ushort selector) => (FlatSelector)(selector | RingMask) == FlatSelector.UserCode64;

    /// <summary>True for a selector that ring 3 may have its stack in.</summary>
    public static bool IsStack(ushort selector) => (FlatSelector)(selector | RingMask) == FlatSelector.UserData32;

    private static void Commit(ref Vcpu vcpu, ref CpuUserRegisters registers, in IretContext frame)
    {
        if ((frame.Flags & (ulong)GuestContextFlags.InSyscall) == 0)
        {
            registers.Rcx = frame.Rcx;
            registers.R11 = frame.R11;
        }

        vcpu.NmiMasked = false;
        registers.Rax = frame.Rax;
        registers.Rip = frame.Rip;
        registers.Rsp = frame.Rsp;
        registers.Cs = (ushort)((frame.Cs & 0xffff) | RingMask);
        registers.Ss = (ushort)((frame.Ss & 0xffff) | RingMask);
        registers.Rflags = (frame.Rflags & (ulong)Rflags.GuestMaySet) | (ulong)(Rflags.Always | Rflags.Interrupt);
        ref VcpuInfo info = ref VcpuInfos.Of(ref vcpu);
        info.UpcallMask = (frame.Rflags & (ulong)Rflags.Interrupt) == 0 ? (byte)1 : (byte)0;
    }
}
