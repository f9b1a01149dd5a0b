using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// Instructions that a PV kernel may use as if it were privileged: the CPU refuses them in ring 3, and what they would have done is
/// done by software, as far as the guest may have it. What is not known here is the guest's own exception.
/// </summary>
public static class Emulator
{
    private const ulong TimeStampDisable = 4;
    private const byte Rdtscp = 0xf9;
    private const ulong Resume = 1UL << 16;

    /// <summary>ud2, then "xen", then cpuid: asks for it to be emulated although the CPU would carry it out. Source: <c>arch-x86/xen.h</c>.</summary>
    private static ReadOnlySpan<byte> Forced => [0x0f, 0x0b, (byte)'x', (byte)'e', (byte)'n', 0x0f, 0xa2];

    /// <summary>A general-protection fault whose error code is zero.</summary>
    /// <param name="vcpu">The vCPU that this CPU is serving.</param>
    /// <param name="registers">Its live registers, at the instruction; behind it when done.</param>
    public static EmulationResult OnProtectionFault(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (!CodeSegments.TryDescribe(in vcpu.Context, registers.Cs, out CodeSegment segment))
        {
            return EmulationResult.Refused;
        }

        DecodeOutcome outcome = Decoder.Decode(ref registers, in segment, registers.Rip, out Instruction instruction, out GuestLinear unreadable);
        if (outcome != DecodeOutcome.Decoded)
        {
            return outcome == DecodeOutcome.Unreadable ? EmulationResult.CodeFault(unreadable) : EmulationResult.Refused;
        }

        EmulationResult result = Execute(ref vcpu, ref registers, in segment, in instruction);
        if (result.Outcome == EmulationOutcome.Done)
        {
            Advance(ref registers, in segment, instruction.Length);
        }

        return result;
    }

    /// <summary>An undefined instruction: the guest's own, unless it asks for CPUID to be emulated.</summary>
    /// <param name="vcpu">The vCPU that this CPU is serving.</param>
    /// <param name="registers">Its live registers, at the instruction; behind it when done.</param>
    public static EmulationResult OnUndefined(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (!CodeSegments.TryDescribe(in vcpu.Context, registers.Cs, out CodeSegment segment))
        {
            return EmulationResult.Refused;
        }

        CodeWindow prefix = new(new GuestLinear(segment.Linear(registers.Rip)));
        foreach (byte wanted in Forced)
        {
            if (!prefix.TryTake(out byte found))
            {
                return prefix.IsUnreadable ? EmulationResult.CodeFault(prefix.Unreadable) : EmulationResult.Refused;
            }

            if (found != wanted)
            {
                return EmulationResult.Refused;
            }
        }

        Identify(ref vcpu, ref registers);
        Advance(ref registers, in segment, Forced.Length);
        return EmulationResult.Done;
    }

    private static EmulationResult Execute(ref Vcpu vcpu, ref CpuUserRegisters registers, in CodeSegment segment, in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case >= Opcode.InsByte and <= Opcode.Outs:
            case >= Opcode.InByteImmediate and <= Opcode.OutImmediate:
            case >= Opcode.InByte and <= Opcode.Out:
                return PortInstructions.Execute(ref vcpu, ref registers, in segment, in instruction);
            case Opcode.Cli:
            case Opcode.Sti:
                return EmulationResult.If(PortAccess.HasPrivilege(in vcpu));      // its kernel masks upcalls, and cannot mask interrupts
            case Opcode.Cpuid:
                Identify(ref vcpu, ref registers);
                return EmulationResult.Done;
            case Opcode.System when instruction.ModRm == Rdtscp:
                return ReadTimeAndNumber(in vcpu, ref registers);
            case Opcode.System when IsStatusWord(in instruction):
                GeneralRegisters.Write(ref registers, instruction.Base, instruction.OperandBytes, instruction.HasRex, ControlRegisters.Cr0Of(in vcpu));
                return EmulationResult.Done;
            case Opcode.Rdtsc:
                return ReadTime(in vcpu, ref registers);
            default:
                return vcpu.InKernel ? ExecuteForKernel(ref vcpu, ref registers, in instruction) : EmulationResult.Refused;
        }
    }

    private static EmulationResult ExecuteForKernel(ref Vcpu vcpu, ref CpuUserRegisters registers, in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Rdmsr:
                return ReadModel(ref vcpu, ref registers);
            case Opcode.Wrmsr:
                ulong value = (registers.Rdx << 32) | (registers.Rax & uint.MaxValue);
                return EmulationResult.If(ModelRegisters.TryWrite(ref vcpu, unchecked((uint)registers.Rcx), value));
            case Opcode.Wbinvd:
                return EmulationResult.Done;        // no guest has memory that is not coherent
            case Opcode.System:
                return SetFeatures(ref vcpu, in registers, in instruction);
            case Opcode.ReadDebug:
            case Opcode.WriteDebug:
                return ControlRegisters.Debug(ref vcpu, ref registers, in instruction);
            case Opcode.Clts:
            case Opcode.ReadControl:
            case Opcode.WriteControl:
                return ControlRegisters.Execute(ref vcpu, ref registers, in instruction);
            default:
                return EmulationResult.Refused;
        }
    }

    private static void Identify(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        ref Domain domain = ref DomainList.Of(ref vcpu);
        Cpuid answer = DomainPolicies.Query(ref domain, GuestCpu.Xcr0Of(in vcpu.Context), unchecked((uint)registers.Rax), unchecked((uint)registers.Rcx));
        registers.Rax = answer.Eax;
        registers.Rbx = answer.Ebx;
        registers.Rcx = answer.Ecx;
        registers.Rdx = answer.Edx;
    }

    private static EmulationResult ReadModel(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (!ModelRegisters.TryRead(ref vcpu, unchecked((uint)registers.Rcx), out ulong value))
        {
            return EmulationResult.Refused;
        }

        Split(ref registers, value);
        return EmulationResult.Done;
    }

    // smsw into a register: what CPUs let everybody do, unless the hypervisor keeps descriptor tables secret.
    private static bool IsStatusWord(in Instruction instruction) => instruction.Group == 4 && !instruction.IsMemory;

    // Of its group only xsetbv, for the one register that there is.
    private static EmulationResult SetFeatures(ref Vcpu vcpu, in CpuUserRegisters registers, in Instruction instruction)
    {
        const byte Xsetbv = 0xd1;
        if (instruction.ModRm != Xsetbv)
        {
            return EmulationResult.Refused;
        }

        if ((vcpu.Virtual.Cr4 & ControlRegisters.OsXsave) == 0)
        {
            return EmulationResult.Undefined;
        }

        ulong value = (registers.Rdx << 32) | (registers.Rax & uint.MaxValue);
        return EmulationResult.If((registers.Rcx & uint.MaxValue) == 0
            && DomainPolicies.HasStates(ref DomainList.Of(ref vcpu), value) && GuestCpu.TrySetXcr0(ref vcpu.Context, value));
    }

    // The CPU refuses it only when the guest's kernel has asked for that.
    private static EmulationResult ReadTime(in Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (!vcpu.InKernel && (vcpu.Virtual.Cr4 & TimeStampDisable) != 0)
        {
            return EmulationResult.Refused;
        }

        Split(ref registers, DomainList.Of(in vcpu).Tsc.Ticks);
        return EmulationResult.Done;
    }

    private static EmulationResult ReadTimeAndNumber(in Vcpu vcpu, ref CpuUserRegisters registers)
    {
        EmulationResult read = CpuFeatures.Host.TscAux ? ReadTime(in vcpu, ref registers) : EmulationResult.Undefined;
        registers.Rcx = read.Outcome == EmulationOutcome.Done ? vcpu.Context.TscAux : registers.Rcx;
        return read;
    }

    private static void Split(ref CpuUserRegisters registers, ulong value)
    {
        registers.Rax = value & uint.MaxValue;
        registers.Rdx = value >> 32;
    }

    internal static void Advance(ref CpuUserRegisters registers, in CodeSegment segment, int bytes)
    {
        ulong next = unchecked(registers.Rip + (ulong)(uint)bytes);
        registers.Rip = segment.Is64Bit ? next : next & uint.MaxValue;
        registers.Rflags &= ~Resume;
    }
}
