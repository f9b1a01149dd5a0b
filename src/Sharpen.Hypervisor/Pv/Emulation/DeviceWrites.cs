using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// Writes of the hardware domain's kernel to registers of a device that the hypervisor uses itself, which are mapped read-only: they are
/// taken and go nowhere, as if the device ignored them.
/// </summary>
internal static class DeviceWrites
{
    /// <summary>A write fault of the kernel on a page that is there.</summary>
    /// <param name="vcpu">The vCPU that this CPU is serving.</param>
    /// <param name="registers">Its live registers, at the instruction; behind it when done.</param>
    /// <param name="fault">Where.</param>
    internal static EmulationResult OnFault(ref Vcpu vcpu, ref CpuUserRegisters registers, GuestLinear fault)
    {
        ref Domain domain = ref DomainList.Of(ref vcpu);
        if (!IsDevice(ref domain, in vcpu, fault) || !CodeSegments.TryDescribe(in vcpu.Context, registers.Cs, out CodeSegment segment))
        {
            return EmulationResult.Refused;
        }

        DecodeOutcome outcome = Decoder.Decode(ref registers, in segment, registers.Rip, out Instruction instruction, out _);
        if (outcome != DecodeOutcome.Decoded || !instruction.IsMemory || instruction.OperandBytes > sizeof(ulong))
        {
            return EmulationResult.Refused;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        Span<byte> operand = bytes.Slice(0, instruction.OperandBytes);
        if (!IsStore(instruction.Opcode) && !GuestMemory.ReadBytes(fault, operand).Try(out _))
        {
            return EmulationResult.Refused;
        }

        ulong old = 0;
        for (int index = operand.Length - 1; index >= 0; index--)
        {
            old = (old << 8) | operand[index];
        }

        if (!MemoryInstructions.TryApply(ref registers, in instruction, old, out MemoryEffect effect))
        {
            return EmulationResult.Refused;
        }

        registers.Rflags = effect.Flags;
        if (effect.Register != MemoryEffect.NoRegister)
        {
            GeneralRegisters.Write(ref registers, effect.Register, instruction.OperandBytes, instruction.HasRex, effect.RegisterValue);
        }

        Emulator.Advance(ref registers, in segment, instruction.Length);
        return EmulationResult.Done;
    }

    private static bool IsStore(Opcode opcode) =>
        opcode is Opcode.Store or Opcode.StoreByte or Opcode.StoreUncached or Opcode.StoreImmediate or Opcode.StoreImmediateByte
            or Opcode.StoreAccumulator or Opcode.StoreAccumulatorByte;

    private static bool IsDevice(ref Domain domain, in Vcpu vcpu, GuestLinear fault)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        GuestPaging visit = DomainPaging.Visit(held, ref domain);
        bool isDevice = visit.IsReadOnlyDevice(in vcpu.Context, fault);
        visit.Dispose();
        return isDevice;
    }
}
