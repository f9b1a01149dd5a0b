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
        ulong top = TopOf(ref vcpu, in registers, out ulong code);
        ref VcpuInfo info = ref VcpuInfos.Of(ref vcpu);
        ref BounceFrame frame = ref GuestMemory.Passing<BounceFrame>();
        Describe(in registers, code, info.UpcallMask, ref frame);
        frame.Second = registers.Rcx;
        frame.Third = registers.R11;
        ulong bottom = unchecked(top - (ulong)(Layout.SizeOf<BounceFrame>() - sizeof(ulong)));
        return GuestMemory.TryWrite(new GuestLinear(bottom), in frame, sizeof(ulong)) && TryGo(ref registers, ref info, handler, masks, bottom);
    }

    /// <summary>The same with an error code on the stack.</summary>
    internal static bool TryEnterWithError(ref Vcpu vcpu, ref CpuUserRegisters registers, GuestLinear handler, bool masks, uint error)
    {
        ulong top = TopOf(ref vcpu, in registers, out ulong code);
        ref VcpuInfo info = ref VcpuInfos.Of(ref vcpu);
        ref BounceFrame frame = ref GuestMemory.Passing<BounceFrame>();
        Describe(in registers, code, info.UpcallMask, ref frame);
        frame.First = registers.Rcx;
        frame.Second = registers.R11;
        frame.Third = error;
        ulong bottom = unchecked(top - (ulong)Layout.SizeOf<BounceFrame>());
        return GuestMemory.TryWrite(new GuestLinear(bottom), in frame) && TryGo(ref registers, ref info, handler, masks, bottom);
    }

    /// <summary>The same at the failsafe callback, with the selectors that the vCPU was to have.</summary>
    internal static bool TryFailsafe(ref Vcpu vcpu, ref CpuUserRegisters registers, GuestLinear handler, bool masks)
    {
        ulong top = TopOf(ref vcpu, in registers, out ulong code);
        ref VcpuInfo info = ref VcpuInfos.Of(ref vcpu);
        BounceFrame usual = default;
        Describe(in registers, code, info.UpcallMask, ref usual);
        BounceFrameFailsafe frame = new()
        {
            Rcx = registers.Rcx,
            R11 = registers.R11,
            Ds = registers.Ds,
            Es = registers.Es,
            Fs = registers.Fs,
            Gs = registers.Gs,
            Rip = usual.Rip,
            Cs = usual.Cs,
            Rflags = usual.Rflags,
            Rsp = usual.Rsp,
            Ss = usual.Ss,
        };
        ulong bottom = unchecked(top - (ulong)Layout.SizeOf<BounceFrameFailsafe>());
        return GuestMemory.TryWrite(new GuestLinear(bottom), in frame) && TryGo(ref registers, ref info, handler, masks, bottom);
    }

    // Where the frame ends, with the kernel's page tables there from here on; and the code selector that it shows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong TopOf(ref Vcpu vcpu, in CpuUserRegisters registers, out ulong code)
    {
        code = registers.Cs;
        if (!vcpu.InKernel)
        {
            vcpu.InKernel = true;
            GuestCpu.SetMode(ref vcpu.Context, isUser: false);
            return vcpu.KernelStack.Value & ~StackAlignment;
        }

        code &= ~RingMask;
        return registers.Rsp & ~StackAlignment;
    }

    // What every frame ends with.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Describe(in CpuUserRegisters registers, ulong code, byte mask, ref BounceFrame frame)
    {
        ulong shown = registers.Rflags & ~Hidden;
        frame.Rip = registers.Rip;
        frame.Cs = code | ((ulong)mask << MaskInCs);
        frame.Rflags = mask == 0 ? shown | (ulong)Rflags.Interrupt : shown;
        frame.Rsp = registers.Rsp;
        frame.Ss = registers.Ss;
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
