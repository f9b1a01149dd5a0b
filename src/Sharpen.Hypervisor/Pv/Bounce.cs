using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

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

    /// <summary>
    /// Enters the kernel of the vCPU that this CPU is serving. <see cref="Errno.Fault"/>: its stack cannot be written, or
    /// the entry point is not where a guest may have code; the domain cannot go on then.
    /// </summary>
    internal static Result Enter(ref Vcpu vcpu, ref CpuUserRegisters registers, in BounceTarget target)
    {
        ref VcpuInfo info = ref VcpuInfos.Of(ref vcpu);
        ulong top = (vcpu.InKernel ? registers.Rsp : vcpu.KernelStack.Value) & ~StackAlignment;
        BounceFrame frame = Describe(in vcpu, in registers, info.UpcallMask);
        GuestCpu.SetMode(ref vcpu.Context, isUser: false);
        if (!target.Handler.IsGuest || !Write(top, in frame, in registers, in target, out ulong bottom))
        {
            return Errno.Fault;
        }

        if (target.MasksUpcalls)
        {
            info.UpcallMask = 1;
        }

        vcpu.InKernel = true;
        registers.Rsp = bottom;
        registers.Rip = target.Handler.Value;
        registers.Cs = (ushort)FlatSelector.UserCode64;
        registers.Ss = (ushort)FlatSelector.UserData32;
        registers.Rflags = (registers.Rflags & (ulong)(Rflags.GuestMaySet & ~(Rflags.Trap | Rflags.Resume | Rflags.AlignmentCheck)))
            | (ulong)(Rflags.Always | Rflags.Interrupt);
        return Result.Success;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static BounceFrame Describe(in Vcpu vcpu, in CpuUserRegisters registers, byte mask)
    {
        ulong cs = vcpu.InKernel ? registers.Cs & ~RingMask : registers.Cs;
        ulong shown = registers.Rflags & (ulong)~(Rflags.Interrupt | Rflags.IoPrivilege);
        return new BounceFrame
        {
            Rcx = registers.Rcx,
            R11 = registers.R11,
            Rip = registers.Rip,
            Cs = cs | ((ulong)mask << MaskInCs),
            Rflags = mask == 0 ? shown | (ulong)Rflags.Interrupt : shown,
            Rsp = registers.Rsp,
            Ss = registers.Ss,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Write(ulong top, in BounceFrame frame, in CpuUserRegisters registers, in BounceTarget target, out ulong bottom)
    {
        if (target.HasSelectors)
        {
            return Push(top, WithSelectors(in frame, in registers), out bottom);
        }

        if (!target.HasErrorCode)
        {
            return Push(top, frame, out bottom);
        }

        BounceFrameWithError longer = new()
        {
            Rcx = frame.Rcx,
            R11 = frame.R11,
            ErrorCode = target.ErrorCode,
            Rip = frame.Rip,
            Cs = frame.Cs,
            Rflags = frame.Rflags,
            Rsp = frame.Rsp,
            Ss = frame.Ss,
        };
        return Push(top, longer, out bottom);
    }

    private static BounceFrameFailsafe WithSelectors(in BounceFrame frame, in CpuUserRegisters registers) => new()
    {
        Rcx = frame.Rcx,
        R11 = frame.R11,
        Ds = registers.Ds,
        Es = registers.Es,
        Fs = registers.Fs,
        Gs = registers.Gs,
        Rip = frame.Rip,
        Cs = frame.Cs,
        Rflags = frame.Rflags,
        Rsp = frame.Rsp,
        Ss = frame.Ss,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Push<T>(ulong top, T frame, out ulong bottom)
        where T : unmanaged, IAbiData
    {
        bottom = unchecked(top - (ulong)Machine.Layouts.Layout.SizeOf<T>());
        return GuestHandle<T>.From(bottom).Try(out GuestHandle<T> place, out _) && GuestMemory.Write(place, frame).Try(out _);
    }
}
