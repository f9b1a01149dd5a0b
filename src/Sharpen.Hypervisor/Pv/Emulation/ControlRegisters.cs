using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>Control registers as a PV kernel sees them.</summary>
internal static class ControlRegisters
{
    /// <summary>CR4: XSAVE is on.</summary>
    internal const ulong OsXsave = 1UL << 18;

    private const int Zero = 0;
    private const int FaultAddress = 2;
    private const int TableRoot = 3;
    private const int Four = 4;

    /// <summary>Protection, extended state, numeric errors, write protection, alignment and paging are on.</summary>
    private const ulong Cr0 = 0x8005_0033;

    private const ulong TaskSwitched = 1UL << 3;
    private const int DebugRegisters = 8;
    private const ulong Cr4Debugging = 1UL << 3;
    private const ulong Cr4TimeStampDisable = 1UL << 2;
    private const ulong Cr4Always = (1UL << 5) | (1UL << 9) | (1UL << 10);
    private const ulong Cr4MachineCheck = 1UL << 6;
    private const ulong Cr4Bases = 1UL << 16;

    private static ulong Choices =>
        Cr4Debugging | Cr4TimeStampDisable | (CpuFeatures.Host.FsGsBase ? Cr4Bases : 0) | (CpuFeatures.Host.XSave ? OsXsave : 0);

    /// <summary>CR4: what is on for every guest, and what the kernel has chosen.</summary>
    internal static ulong Cr4(in Vcpu vcpu)
    {
        ulong value = Cr4Always | (vcpu.Virtual.Cr4 & Choices);
        return CpuFeatures.Host.MachineCheck ? value | Cr4MachineCheck : value;
    }

    /// <summary>Moves to and from a control register, and what else changes one.</summary>
    internal static EmulationResult Execute(ref Vcpu vcpu, ref CpuUserRegisters registers, in Instruction instruction)
    {
        if (instruction.Opcode == Opcode.Clts)
        {
            GuestCpu.SetTaskSwitched(ref vcpu.Context, false);
            return EmulationResult.Done;
        }

        ref ulong register = ref GeneralRegisters.Of(ref registers, instruction.Base);
        if (instruction.Opcode == Opcode.WriteControl)
        {
            return Write(ref vcpu, instruction.Register, instruction.Is64Bit ? register : register & uint.MaxValue);
        }

        bool isThere = TryRead(ref vcpu, instruction.Register, out ulong value);
        if (isThere)
        {
            register = instruction.Is64Bit ? value : value & uint.MaxValue;
        }

        return EmulationResult.If(isThere);
    }

    /// <summary>Moves to and from a debug register. The fourth and fifth are others' names of the sixth and seventh, unless CR4 says otherwise.</summary>
    internal static EmulationResult Debug(ref Vcpu vcpu, ref CpuUserRegisters registers, in Instruction instruction)
    {
        int number = instruction.Register;
        bool isThere = number < DebugRegisters && (number is not (4 or 5) || (vcpu.Virtual.Cr4 & Cr4Debugging) == 0);
        if (!isThere)
        {
            return EmulationResult.Undefined;
        }

        ref ulong register = ref GeneralRegisters.Of(ref registers, instruction.Base);
        if (instruction.Opcode == Opcode.WriteDebug)
        {
            ulong value = instruction.Is64Bit ? register : register & uint.MaxValue;
            return EmulationResult.If(GuestCpu.SetDebug(ref vcpu.Context, number, value).Try(out _));
        }

        register = GuestCpu.DebugOf(in vcpu.Context, number);
        return EmulationResult.Done;
    }

    private static bool TryRead(ref Vcpu vcpu, int number, out ulong value)
    {
        switch (number)
        {
            case Zero:
                value = Cr0Of(in vcpu);
                return true;
            case FaultAddress:
                value = VcpuInfos.Of(ref vcpu).Arch.Cr2;
                return true;
            case TableRoot:
                value = GuestCpu.RootOf(in vcpu.Context).Start.Value;
                return true;
            case Four:
                value = Cr4(in vcpu);
                return true;
            default:
                value = 0;
                return false;
        }
    }

    private static EmulationResult Write(ref Vcpu vcpu, int number, ulong value)
    {
        switch (number)
        {
            case Zero:
                return SetCr0(ref vcpu, value);
            case FaultAddress:
                VcpuInfos.Of(ref vcpu).Arch.Cr2 = value;
                return EmulationResult.Done;
            case TableRoot:
                return SetRoot(ref vcpu, new Mfn(value >> PageSize.Shift));
            case Four:
                vcpu.Virtual.Cr4 = value & Choices;
                GuestCpu.SetTimeHidden(ref vcpu.Context, (value & Cr4TimeStampDisable) != 0 || DomainList.Of(in vcpu).Tsc.IsEmulated);
                return EmulationResult.Done;
            default:
                return EmulationResult.Refused;
        }
    }

    /// <summary>CR0: what is on for every guest, and whether a task was switched.</summary>
    internal static ulong Cr0Of(in Vcpu vcpu) => GuestCpu.IsTaskSwitched(in vcpu.Context) ? Cr0 | TaskSwitched : Cr0;

    private static EmulationResult SetCr0(ref Vcpu vcpu, ulong value)
    {
        bool isAllowed = (value & ~TaskSwitched) == Cr0;
        if (isAllowed)
        {
            GuestCpu.SetTaskSwitched(ref vcpu.Context, (value & TaskSwitched) != 0);
        }

        return EmulationResult.If(isAllowed);
    }

    private static EmulationResult SetRoot(ref Vcpu vcpu, Mfn frame)
    {
        ref Domain domain = ref DomainList.Of(ref vcpu);
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        GuestPaging visit = DomainPaging.Visit(in held, ref domain);
        bool isSet = visit.SetRoot(ref vcpu.Context, frame).Try(out Errno error);
        visit.Dispose();
        return error == Errno.Again ? EmulationResult.Unfinished : EmulationResult.If(isSet);
    }
}
