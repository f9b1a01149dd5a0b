using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>in, out, ins and outs. A repeated one does a bounded number of turns each time that the guest comes to it.</summary>
internal static class PortInstructions
{
    /// <summary>The most turns of a repeated instruction between two looks at what else this CPU has to do.</summary>
    internal const int MostTurns = 64;

    private const ulong Backward = 1UL << 10;

    /// <summary>Carries one out.</summary>
    internal static EmulationResult Execute(ref Vcpu vcpu, ref CpuUserRegisters registers, in CodeSegment segment, in Instruction instruction)
    {
        bool isImmediate = instruction.Opcode is >= Opcode.InByteImmediate and <= Opcode.OutImmediate;
        ushort port = (ushort)(isImmediate ? instruction.Immediate & 0xff : registers.Rdx & 0xffff);
        int bytes = Math.Min(instruction.OperandBytes, sizeof(uint));
        if (!PortAccess.IsAllowedByKernel(ref vcpu, port, bytes))
        {
            return EmulationResult.Refused;
        }

        if (instruction.Opcode <= Opcode.Outs)
        {
            return Repeat(ref vcpu, ref registers, in segment, in instruction, port);
        }

        ref Domain domain = ref DomainList.Of(ref vcpu);
        bool isIn = instruction.Opcode is Opcode.InByteImmediate or Opcode.InImmediate or Opcode.InByte or Opcode.In;
        if (isIn)
        {
            GeneralRegisters.Write(ref registers.Rax, bytes, PortAccess.Read(ref domain, port, bytes));
        }
        else
        {
            PortAccess.Write(ref domain, port, bytes, unchecked((uint)registers.Rax));
        }

        return EmulationResult.Done;
    }

    private static EmulationResult Repeat(
        ref Vcpu vcpu, ref CpuUserRegisters registers, in CodeSegment segment, in Instruction instruction, ushort port)
    {
        if (!instruction.IsRepeated)
        {
            return Turn(ref vcpu, ref registers, in segment, in instruction, port);
        }

        ulong mask = GeneralRegisters.Mask(instruction.AddressBytes);
        for (int turn = 0; (registers.Rcx & mask) != 0; turn++)
        {
            if (turn == MostTurns)
            {
                return EmulationResult.Unfinished;
            }

            EmulationResult result = Turn(ref vcpu, ref registers, in segment, in instruction, port);
            if (result.Outcome != EmulationOutcome.Done)
            {
                return result;
            }

            GeneralRegisters.Write(ref registers.Rcx, instruction.AddressBytes, unchecked(registers.Rcx - 1));
        }

        return EmulationResult.Done;
    }

    // The memory of ins is tried before the port is read: what a port has given is not given again.
    private static EmulationResult Turn(ref Vcpu vcpu, ref CpuUserRegisters registers, in CodeSegment segment, in Instruction instruction, ushort port)
    {
        bool isIn = instruction.Opcode is Opcode.InsByte or Opcode.Ins;
        int bytes = Math.Min(instruction.OperandBytes, sizeof(uint));
        Span<byte> buffer = stackalloc byte[sizeof(uint)];
        Span<byte> data = buffer.Slice(0, bytes);
        ref ulong index = ref isIn ? ref registers.Rdi : ref registers.Rsi;
        ulong offset = index & GeneralRegisters.Mask(instruction.AddressBytes);
        SegmentName name = isIn ? SegmentName.Es : instruction.Segment;
        if (!DataSegments.TryLinear(in segment, in registers, name, offset, out GuestLinear place))
        {
            return EmulationResult.Refused;
        }

        if (!GuestMemory.ReadBytes(place, data).Try(out _))
        {
            return isIn ? EmulationResult.WriteFault(place) : EmulationResult.ReadFault(place);
        }

        if (isIn && !GuestMemory.WriteBytes(place, data).Try(out _))
        {
            return EmulationResult.WriteFault(place);
        }

        ref Domain domain = ref DomainList.Of(ref vcpu);
        if (isIn)
        {
            Unpack(PortAccess.Read(ref domain, port, bytes), data);
            _ = GuestMemory.WriteBytes(place, data);
        }
        else
        {
            PortAccess.Write(ref domain, port, bytes, Pack(data));
        }

        long step = (registers.Rflags & Backward) != 0 ? -bytes : bytes;
        GeneralRegisters.Write(ref index, instruction.AddressBytes, unchecked(index + (ulong)step));
        return EmulationResult.Done;
    }

    private static uint Pack(ReadOnlySpan<byte> data)
    {
        uint value = 0;
        for (int index = data.Length - 1; index >= 0; index--)
        {
            value = (value << 8) | data[index];
        }

        return value;
    }

    private static void Unpack(uint value, Span<byte> data)
    {
        for (int index = 0; index < data.Length; index++)
        {
            data[index] = (byte)((value >> (8 * index)) & 0xff);
        }
    }
}
