using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Pv;

/// <summary>The state of a vCPU that has something to begin with, as a toolstack sees and changes it.</summary>
public static class VcpuState
{
    private const int Control0 = 0;
    private const int UserTables = 1;
    private const int Tables = 3;
    private const int Control4 = 4;
    private const ulong ProtectedPagedMode = 0x8005003b;
    private const ulong TaskSwitched = 8;
    private const ulong UsualControl4 = 0x620;

    /// <summary>
    /// Changes registers, entry points and traps. <see cref="Errno.Busy"/>: a CPU has it; <see cref="Errno.OpNotSupp"/>: other page tables, descriptors
    /// or mode than it has; <see cref="Errno.Inval"/>: what no kernel of a domain may have.
    /// </summary>
    /// <param name="vcpu">The vCPU; its domain's lock is held.</param>
    /// <param name="wanted">Any values.</param>
    public static Result Replace(ref Vcpu vcpu, ref VcpuGuestContext wanted)
    {
        if (!VcpuGlue.IsStopped(ref vcpu))
        {
            return Errno.Busy;
        }

        if (!HasSameTables(ref vcpu, ref wanted))
        {
            return Errno.OpNotSupp;
        }

        if (!VcpuBeginning.HasSoundAddresses(ref wanted) || !VcpuBeginning.HasSoundEntries(ref wanted))
        {
            return Errno.Inval;
        }

        VcpuBeginning.Commit(ref vcpu, ref wanted);
        return Result.Success;
    }

    /// <summary>Describes a vCPU that no CPU has. Its domain's lock is held.</summary>
    public static void Describe(ref Domain domain, ref Vcpu vcpu, ref VcpuGuestContext context)
    {
        Layout.BytesOf(ref context).Clear();
        ref VcpuContext saved = ref vcpu.Context;
        GuestCpu.GetVectors(in saved, ref context.Fpu);
        context.Flags = GuestContextFlags.FpuValid | Flag(vcpu.InKernel, GuestContextFlags.InKernel)
            | Flag(vcpu.Entries.FailsafeMasksEvents, GuestContextFlags.FailsafeDisablesEvents)
            | Flag(vcpu.Entries.SyscallMasksEvents, GuestContextFlags.SyscallDisablesEvents)
            | Flag((vcpu.Halts & VcpuHalt.Down) == 0, GuestContextFlags.Online);
        context.Registers = saved.Registers;
        vcpu.Traps.Span.CopyTo(Layout.Items<TrapInfo256, TrapInfo>(ref context.Traps));
        GuestSegments.Describe(in saved, Layout.Items<Words16, ulong>(ref context.GdtFrames), out uint gdtEntries, out GuestLinear ldt, out uint ldtEntries);
        context.GdtEntries = gdtEntries;
        context.LdtBase = ldt.Value;
        context.LdtEntries = ldtEntries;
        context.KernelSs = vcpu.KernelStackSelector;
        context.KernelSp = vcpu.KernelStack.Value;
        Span<ulong> controls = Layout.Items<Words8, ulong>(ref context.ControlRegisters);
        controls[Control0] = ProtectedPagedMode | (GuestCpu.IsTaskSwitched(in saved) ? TaskSwitched : 0);
        controls[UserTables] = GuestCpu.UserRootOf(in saved).Start.Value;
        controls[Tables] = GuestCpu.RootOf(in saved).Start.Value;
        controls[Control4] = UsualControl4;
        Span<ulong> debug = Layout.Items<Words8, ulong>(ref context.DebugRegisters);
        for (int number = 0; number < debug.Length; number++)
        {
            debug[number] = GuestCpu.DebugOf(in saved, number);
        }

        context.EventCallback = vcpu.Entries.Event.Value;
        context.FailsafeCallback = vcpu.Entries.Failsafe.Value;
        context.SyscallCallback = vcpu.Entries.Syscall.Value;
        context.VmAssist = domain.Assists;
        context.FsBase = saved.FsBase.Value;
        context.GsBaseKernel = saved.GsBaseKernel.Value;
        context.GsBaseUser = saved.GsBaseUser.Value;
    }

    private static bool HasSameTables(ref Vcpu vcpu, ref VcpuGuestContext wanted)
    {
        Words16 mine = default;
        Span<ulong> frames = Layout.Items<Words16, ulong>(ref mine);
        GuestSegments.Describe(in vcpu.Context, frames, out uint gdtEntries, out GuestLinear ldt, out uint ldtEntries);
        bool isSame = Layout.Items<Words8, ulong>(ref wanted.ControlRegisters)[Tables] == GuestCpu.RootOf(in vcpu.Context).Start.Value
            && ((wanted.Flags & GuestContextFlags.InKernel) != 0) == vcpu.InKernel && wanted.LdtEntries == ldtEntries
            && (ldtEntries == 0 || wanted.LdtBase == ldt.Value) && Pages(wanted.GdtEntries) == Pages(gdtEntries);
        Span<ulong> theirs = Layout.Items<Words16, ulong>(ref wanted.GdtFrames);
        for (int page = 0; isSame && page < (int)Pages(gdtEntries); page++)
        {
            isSame = frames[page] == theirs[page];
        }

        return isSame;
    }

    // Rounded up without a sum that could run over.
    private static ulong Pages(ulong entries) => (entries / GuestDescriptors.PerFrame) + (entries % GuestDescriptors.PerFrame != 0 ? 1UL : 0);

    private static GuestContextFlags Flag(bool isSet, GuestContextFlags flag) => isSet ? flag : 0;
}
