using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Pv;

/// <summary>The state that a kernel chooses for another of its vCPUs, or a toolstack for one of a domain's. All of it comes from the guest; none of it is believed.</summary>
public static class VcpuBeginning
{
    private const ushort RingMask = 3;
    private const int IoPrivilegeShift = 12;
    private const int UserTableRegister = 1;
    private const int TableRegister = 3;
    private const int FirstDebugStatus = 6;
    private const int DebugAddresses = 4;
    private const ulong TimeStampDisable = 4;

    /// <summary>
    /// Makes a vCPU that never ran begin so; it stays down. <see cref="Errno.Exist"/>: it has something to begin with;
    /// <see cref="Errno.Inval"/>: what no kernel of this domain may have; <see cref="Errno.Again"/>: to be made again; <see cref="Errno.NoMem"/>: no memory for its vector state.
    /// </summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="vcpu">Its vCPU.</param>
    /// <param name="wanted">What the guest asks for, copied in.</param>
    public static Result Set(scoped in Locked<DomainRank> held, ref Domain domain, ref Vcpu vcpu, ref VcpuGuestContext wanted)
    {
        _ = held;
        if (vcpu.IsInitialised)
        {
            return Errno.Exist;
        }

        if (!HasSoundRegisters(ref wanted) || !HasSoundEntries(ref wanted))
        {
            return Errno.Inval;
        }

        Mfn frame = new(Layout.Items<Words8, ulong>(ref wanted.ControlRegisters)[TableRegister] >> PageSize.Shift);
        if (!FrameRef<L4Table>.Hold(frame, domain.Id, out FrameRef<L4Table> root).Try(out _))
        {
            return Errno.Inval;
        }

        Result prepared = GuestCpu.Initialise(ref vcpu.Context, in root);
        root.Dispose();
        prepared = prepared.Try(out _) ? SetUser(in domain, ref vcpu, ref wanted) : prepared;
        if (prepared.Try(out _))
        {
            prepared = SetTables(in held, ref domain, ref vcpu, ref wanted);
        }

        if (prepared.Try(out _))
        {
            domain.Owned.OverheadFrames++;
            Commit(ref vcpu, ref wanted);
        }

        return prepared;
    }

    // What it breaks at, and tables for user code, without which it begins in its kernel.
    private static Result SetUser(in Domain domain, ref Vcpu vcpu, ref VcpuGuestContext wanted)
    {
        Span<ulong> debug = Layout.Items<Words8, ulong>(ref wanted.DebugRegisters);
        Result set = Result.Success;
        for (int number = 0; number < debug.Length && set.Try(out _); number++)
        {
            set = number is < DebugAddresses or >= FirstDebugStatus ? GuestCpu.PrepareDebug(ref vcpu.Context, number, debug[number]) : set;
        }

        Mfn frame = new(Layout.Items<Words8, ulong>(ref wanted.ControlRegisters)[UserTableRegister] >> PageSize.Shift);
        if (set.Try(out _) && frame.Value != 0)
        {
            set = FrameRef<L4Table>.Hold(frame, domain.Id, out FrameRef<L4Table> root).Try(out _) ? Result.Success : Errno.Inval;
            if (set.Try(out _))
            {
                set = GuestCpu.InitialiseUser(ref vcpu.Context, in root, (wanted.Flags & GuestContextFlags.InKernel) == 0);
                root.Dispose();
            }
        }

        if (set.Try(out _))
        {
            return set;
        }

        GuestCpu.Release(ref vcpu.Context);
        return Errno.Inval;
    }

    private static Result SetTables(scoped in Locked<DomainRank> held, ref Domain domain, ref Vcpu vcpu, ref VcpuGuestContext wanted)
    {
        int pages = ((int)wanted.GdtEntries + GuestDescriptors.PerFrame - 1) / GuestDescriptors.PerFrame;
        ReadOnlySpan<ulong> frames = Layout.Items<Words16, ulong>(ref wanted.GdtFrames).Slice(0, pages);
        DomainPaging.Forget(in held, ref domain);
        Result set = GuestSegments.SetGdt(in held, ref vcpu.Context, ref domain.Memory, domain.Id, frames, isHere: false);
        if (set.Try(out _))
        {
            set = GuestSegments.SetLdt(ref vcpu.Context, new GuestLinear(wanted.LdtBase), wanted.LdtEntries, isHere: false);
        }

        if (!set.Try(out _))
        {
            GuestCpu.Release(ref vcpu.Context);
        }

        return set.Error == Errno.Busy ? Errno.Inval : set;
    }

    // User code needs page tables of its own.
    private static bool HasSoundRegisters(ref VcpuGuestContext wanted) =>
        ((wanted.Flags & GuestContextFlags.InKernel) != 0 || Layout.Items<Words8, ulong>(ref wanted.ControlRegisters)[UserTableRegister] >> PageSize.Shift != 0)
        && wanted.GdtEntries <= GuestSegments.MostGdtEntries && HasSoundAddresses(ref wanted);

    /// <summary>The kernel begins and has its segments where a guest may have something.</summary>
    internal static bool HasSoundAddresses(ref VcpuGuestContext wanted) =>
        IsGuest(wanted.Registers.Rip) && IsGuest(wanted.FsBase) && IsGuest(wanted.GsBaseKernel) && IsGuest(wanted.GsBaseUser);

    /// <summary>Traps and callbacks lie where a guest may have something.</summary>
    internal static bool HasSoundEntries(ref VcpuGuestContext wanted)
    {
        foreach (TrapInfo trap in Layout.Items<TrapInfo256, TrapInfo>(ref wanted.Traps))
        {
            if (!IsGuest(trap.Address))
            {
                return false;
            }
        }

        return IsGuest(wanted.EventCallback) && IsGuest(wanted.FailsafeCallback) && IsGuest(wanted.SyscallCallback);
    }

    private static bool IsGuest(ulong address) => new GuestLinear(address).IsGuest;

    /// <summary>Takes over registers, entry points and traps that were found sound; on no CPU.</summary>
    internal static void Commit(ref Vcpu vcpu, ref VcpuGuestContext wanted)
    {
        ref CpuUserRegisters registers = ref vcpu.Context.Registers;
        registers = wanted.Registers;
        registers.EntryVector = 0;
        registers.ErrorCode = 0;
        registers.Cs |= RingMask;
        registers.Ss |= RingMask;
        vcpu.Virtual.IoPrivilege = (byte)((registers.Rflags & (ulong)Rflags.IoPrivilege) >> IoPrivilegeShift);
        registers.Rflags = (registers.Rflags & (ulong)Rflags.GuestMaySet) | (ulong)(Rflags.Always | Rflags.Interrupt);
        vcpu.Context.FsBase = new GuestLinear(wanted.FsBase);
        vcpu.Context.GsBaseKernel = new GuestLinear(wanted.GsBaseKernel);
        vcpu.Context.GsBaseUser = new GuestLinear(wanted.GsBaseUser);
        if ((wanted.Flags & GuestContextFlags.FpuValid) != 0)
        {
            GuestCpu.SetVectors(ref vcpu.Context, in wanted.Fpu);
        }

        vcpu.Entries = new GuestEntries
        {
            Event = new GuestLinear(wanted.EventCallback),
            Failsafe = new GuestLinear(wanted.FailsafeCallback),
            Syscall = new GuestLinear(wanted.SyscallCallback),
            FailsafeMasksEvents = (wanted.Flags & GuestContextFlags.FailsafeDisablesEvents) != 0,
            SyscallMasksEvents = (wanted.Flags & GuestContextFlags.SyscallDisablesEvents) != 0,
        };
        vcpu.KernelStack = new GuestLinear(wanted.KernelSp);
        vcpu.KernelStackSelector = (ushort)((wanted.KernelSs & 0xffff) | RingMask);
        vcpu.InKernel = (wanted.Flags & GuestContextFlags.InKernel) != 0;
        Span<TrapInfo> traps = Layout.Items<TrapInfo256, TrapInfo>(ref wanted.Traps);
        traps.CopyTo(vcpu.Traps.Span);
        vcpu.Context.HidesTime = DomainList.Of(in vcpu).Tsc.IsEmulated || (vcpu.Virtual.Cr4 & TimeStampDisable) != 0;
        vcpu.IsInitialised = true;
    }
}
