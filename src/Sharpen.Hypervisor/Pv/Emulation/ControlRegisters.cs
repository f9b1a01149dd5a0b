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

    private const ulong Cr4Debugging = 1UL << 3;
    private const ulong Cr4TimeStampDisable = 1UL << 2;
    private const ulong Cr4Always = (1UL << 5) | (1UL << 9) | (1UL << 10);
    private const ulong Cr4MachineCheck = 1UL << 6;
    private const ulong Cr4Bases = 1UL << 16;
    private const ulong Cr4Choices = Cr4Debugging | Cr4TimeStampDisable;

    /// <summary>CR4: what is on for every guest, and what the kernel has chosen.</summary>
    internal static ulong Cr4(in Vcpu vcpu)
    {
        ulong value = Cr4Always | (vcpu.Virtual.Cr4 & (Cr4Choices | OsXsave));
        value |= CpuFeatures.Host.FsGsBase ? Cr4Bases : 0;
        return CpuFeatures.Host.MachineCheck ? value | Cr4MachineCheck : value;
    }

    /// <summary>Moves to and from a control register, and what else changes one.</summary>
    internal static EmulationResult Execute(ref Vcpu vcpu, ref CpuUserRegisters registers, in Instruction instruction)
    {
        if (instruction.Opcode == Opcode.Clts)
        {
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

    private static bool TryRead(ref Vcpu vcpu, int number, out ulong value)
    {
        switch (number)
        {
            case Zero:
                value = Cr0;
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
                return EmulationResult.If(value == Cr0);
            case FaultAddress:
                VcpuInfos.Of(ref vcpu).Arch.Cr2 = value;
                return EmulationResult.Done;
            case TableRoot:
                return SetRoot(ref vcpu, new Mfn(value >> PageSize.Shift));
            case Four:
                vcpu.Virtual.Cr4 = value & (CpuFeatures.Host.XSave ? Cr4Choices | OsXsave : Cr4Choices);
                return EmulationResult.Done;
            default:
                return EmulationResult.Refused;
        }
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
