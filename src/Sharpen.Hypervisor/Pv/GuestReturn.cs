using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;
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
    private const int InterruptBit = 9;

    /// <summary>Takes the frame at the caller's stack pointer and makes it the caller's state.</summary>
    public static void Return(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        ref IretContext frame = ref GuestMemory.Passing<IretContext>();
        if (!GuestMemory.TryFill(new GuestLinear(registers.Rsp), ref frame))
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

        if (vcpu.NmiMasked)
        {
            EndNmi(ref vcpu);
        }

        Commit(ref registers, in frame);
        VcpuInfos.Of(ref vcpu).UpcallMask = unchecked((byte)(~frame.Rflags >> InterruptBit & 1));
        vcpu.InKernel = !isUser;
        GuestCpu.SetMode(ref vcpu.Context, isUser);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Commit(ref CpuUserRegisters registers, in IretContext frame)
    {
        ulong rflags = (frame.Rflags & (ulong)Rflags.GuestMaySet) | (ulong)(Rflags.Always | Rflags.Interrupt);
        registers.Rax = frame.Rax;
        registers.Rip = frame.Rip;
        registers.Rsp = frame.Rsp;
        registers.Rflags = rflags;
        ushort code = unchecked((ushort)(frame.Cs | RingMask));
        if ((frame.Flags & (ulong)GuestContextFlags.InSyscall) == 0)
        {
            registers.Cs = code;
            registers.Ss = unchecked((ushort)(frame.Ss | RingMask));
            registers.Rcx = frame.Rcx;
            registers.R11 = frame.R11;
            return;
        }

        registers.Cs = (ushort)((FlatSelector)code == FlatSelector.UserCode32 ? FlatSelector.UserCode32 : FlatSelector.UserCode64);
        registers.Ss = (ushort)FlatSelector.UserData32;
        registers.Rcx = frame.Rip;
        registers.R11 = rflags;
    }

    // Another one may have come meanwhile.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndNmi(ref Vcpu vcpu)
    {
        vcpu.NmiMasked = false;
        Attention.Raise();
    }
}
