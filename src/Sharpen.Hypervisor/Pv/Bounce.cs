using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Pv;

/// <summary>
/// Makes a guest's kernel find itself at one of its entry points, with a frame on its stack that says where it was: what
/// a CPU does for an operating system, done by software. The frame is written before any register changes.
/// </summary>
internal static class Bounce
{
    private const ulong StackAlignment = 15;
    private const ulong RingMask = 3;
    private const int MaskInCs = 32;
    private const ulong Kept = (ulong)(Rflags.GuestMaySet & ~(Rflags.Trap | Rflags.Resume | Rflags.AlignmentCheck));
    private const ulong Hidden = (ulong)(Rflags.Interrupt | Rflags.IoPrivilege);

    /// <summary>
    /// Enters the kernel of the vCPU that this CPU is serving. False: its stack cannot be written, or the entry point is not where a
    /// guest may have code; the domain cannot go on then.
    /// </summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="registers">Its live registers.</param>
    /// <param name="handler">The entry point.</param>
    /// <param name="masks">Upcalls are masked when it gets there.</param>
    internal static bool TryEnter(ref Vcpu vcpu, ref CpuUserRegisters registers, GuestLinear handler, bool masks)
    {
        ref VcpuInfo info = ref VcpuInfos.Of(ref vcpu);
        ref BounceFrame frame = ref GuestMemory.Passing<BounceFrame>();
        ulong top = Describe(ref vcpu, in registers, info.UpcallMask, out frame.Rip, out frame.Cs, out frame.Rflags, out frame.Rsp, out frame.Ss);
        frame.Second = registers.Rcx;
        frame.Third = registers.R11;
        ulong bottom = unchecked(top - (ulong)(Layout.SizeOf<BounceFrame>() - sizeof(ulong)));
        return GuestMemory.TryWrite(new GuestLinear(bottom), in frame, sizeof(ulong)) && TryGo(ref registers, ref info, handler, masks, bottom);
    }

    /// <summary>The same with an error code on the stack.</summary>
    internal static bool TryEnterWithError(ref Vcpu vcpu, ref CpuUserRegisters registers, GuestLinear handler, bool masks, uint error)
    {
        ref VcpuInfo info = ref VcpuInfos.Of(ref vcpu);
        ref BounceFrame frame = ref GuestMemory.Passing<BounceFrame>();
        ulong top = Describe(ref vcpu, in registers, info.UpcallMask, out frame.Rip, out frame.Cs, out frame.Rflags, out frame.Rsp, out frame.Ss);
        frame.First = registers.Rcx;
        frame.Second = registers.R11;
        frame.Third = error;
        ulong bottom = unchecked(top - (ulong)Layout.SizeOf<BounceFrame>());
        return GuestMemory.TryWrite(new GuestLinear(bottom), in frame) && TryGo(ref registers, ref info, handler, masks, bottom);
    }

    /// <summary>The same at the failsafe callback, with the selectors that the vCPU was to have.</summary>
    internal static bool TryFailsafe(ref Vcpu vcpu, ref CpuUserRegisters registers, GuestLinear handler, bool masks)
    {
        ref VcpuInfo info = ref VcpuInfos.Of(ref vcpu);
        ref BounceFrameFailsafe frame = ref GuestMemory.Passing<BounceFrameFailsafe>();
        ulong bottom = Describe(ref vcpu, in registers, info.UpcallMask, out frame.Rip, out frame.Cs, out frame.Rflags, out frame.Rsp, out frame.Ss);
        frame.Rcx = registers.Rcx;
        frame.R11 = registers.R11;
        frame.Ds = registers.Ds;
        frame.Es = registers.Es;
        frame.Fs = registers.Fs;
        frame.Gs = registers.Gs;
        bottom = unchecked(bottom - (ulong)Layout.SizeOf<BounceFrameFailsafe>());
        return GuestMemory.TryWrite(new GuestLinear(bottom), in frame) && TryGo(ref registers, ref info, handler, masks, bottom);
    }

    // What every frame ends with, in the kernel's address space from here on; where the frame ends.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Describe(
        ref Vcpu vcpu, in CpuUserRegisters registers, byte mask, out ulong rip, out ulong cs, out ulong rflags, out ulong rsp, out ulong ss)
    {
        rip = registers.Rip;
        rsp = registers.Rsp;
        ss = registers.Ss;
        ulong shown = registers.Rflags & ~Hidden;
        rflags = mask == 0 ? shown | (ulong)Rflags.Interrupt : shown;
        ulong code = registers.Cs;
        ulong top = rsp;
        if (vcpu.InKernel)
        {
            code &= ~RingMask;
        }
        else
        {
            top = vcpu.KernelStack.Value;
            vcpu.InKernel = true;
            GuestCpu.SetMode(ref vcpu.Context, isUser: false);
        }

        cs = code | ((ulong)mask << MaskInCs);
        return top & ~StackAlignment;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryGo(ref CpuUserRegisters registers, ref VcpuInfo info, GuestLinear handler, bool masks, ulong stack)
    {
        if (!handler.IsGuest)
        {
            return false;
        }

        if (masks)
        {
            info.UpcallMask = 1;
        }

        registers.Rsp = stack;
        registers.Rip = handler.Value;
        registers.Cs = (ushort)FlatSelector.UserCode64;
        registers.Ss = (ushort)FlatSelector.UserData32;
        registers.Rflags = (registers.Rflags & Kept) | (ulong)(Rflags.Always | Rflags.Interrupt);
        return true;
    }
}
