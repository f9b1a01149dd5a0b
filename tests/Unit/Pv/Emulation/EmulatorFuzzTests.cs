using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv.Emulation;
using Xunit;

namespace Sharpen.Unit.Pv.Emulation;

/// <summary>Random bytes where an instruction should be: no exception of ours, no step beyond an instruction, no register that it does not name.</summary>
public sealed class EmulatorFuzzTests : MachineTest
{
    private const ulong Code = 0x40_0000;
    private const int PageBytes = 4096;

    private static readonly byte[] s_usual =
        [0x0f, 0x0b, 0x20, 0x22, 0x21, 0x23, 0x30, 0x32, 0xa2, 0x6c, 0x6d, 0x6e, 0x6f, 0xec, 0xed, 0xee, 0xef, 0xe4, 0xe7, 0xf3, 0xf0, 0x66, 0x67, 0x48, 0x65, 0x01, 0xfa, 0x31];

    public EmulatorFuzzTests()
    {
        EmulatedGuest.Create();
        Machine.GuestPages[Code >> 12] = new();
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Nothing_but_what_an_instruction_names_changes(int seed)
    {
        Random random = new(seed);
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref DomainList.Find(new DomainId(1)), 0);
        for (int step = 0; step < 30_000; step++)
        {
            vcpu.InKernel = random.Next(4) != 0;
            vcpu.Virtual.IoPrivilege = (byte)random.Next(4);
            DomainList.Of(ref vcpu).IsHardware = random.Next(2) == 0;
            CpuUserRegisters before = Registers(random);
            Fill(random, (int)(before.Rip & (PageBytes - 1)));
            CpuUserRegisters after = before;
            byte[] code = [.. Machine.GuestPages[Code >> 12].Bytes];
            bool isForced = random.Next(8) == 0;
            EmulationResult result = isForced ? Emulator.OnUndefined(ref vcpu, ref after) : Emulator.OnProtectionFault(ref vcpu, ref after);
            code.CopyTo(Machine.GuestPages[Code >> 12].Bytes, 0);       // ins may have written itself
            Check(in before, ref after, in result, isForced, $"seed {seed} step {step}");
        }
    }

    private static void Check(in CpuUserRegisters before, ref CpuUserRegisters after, in EmulationResult result, bool isForced, string where)
    {
        CpuUserRegisters expected = before;
        if (result.Outcome is EmulationOutcome.Done or EmulationOutcome.Unfinished or EmulationOutcome.PageFault)
        {
            ulong advance = unchecked(after.Rip - before.Rip);
            Assert.True(result.Outcome == EmulationOutcome.Done ? advance is > 0 and <= 15 : advance == 0, where);
            Permit(ref expected, in before, in after, isForced);
        }

        expected.Rip = result.Outcome is EmulationOutcome.Refused or EmulationOutcome.Undefined ? before.Rip : after.Rip;
        expected.Rflags = result.Outcome == EmulationOutcome.Done ? before.Rflags & ~(1UL << 16) : before.Rflags;
        Assert.True(expected.Equals(after), where);
    }

    // What the instruction may have written counts as expected.
    private static void Permit(ref CpuUserRegisters expected, in CpuUserRegisters before, in CpuUserRegisters after, bool isForced)
    {
        CpuUserRegisters registers = before;
        CodeSegment segment = new(before.Cs == (ushort)FlatSelector.UserCode64, is32Bit: true, 0);
        Opcode opcode = Opcode.Cpuid;
        Instruction instruction = default;
        if (!isForced && Decoder.Decode(ref registers, in segment, before.Rip, out instruction, out _) == DecodeOutcome.Decoded)
        {
            opcode = instruction.Opcode;
        }

        switch (opcode)
        {
            case Opcode.Cpuid:
                (expected.Rax, expected.Rbx, expected.Rcx, expected.Rdx) = (after.Rax, after.Rbx, after.Rcx, after.Rdx);
                break;
            case Opcode.Rdmsr or Opcode.Rdtsc:
                (expected.Rax, expected.Rdx) = (after.Rax, after.Rdx);
                break;
            case Opcode.ReadControl or Opcode.ReadDebug or Opcode.System:
                CpuUserRegisters copy = after;
                GeneralRegisters.Of(ref expected, instruction.Base) = GeneralRegisters.Of(ref copy, instruction.Base);
                break;
            case >= Opcode.InsByte and <= Opcode.Outs:
                (expected.Rcx, expected.Rsi, expected.Rdi) = (after.Rcx, after.Rsi, after.Rdi);
                break;
            case Opcode.In or Opcode.InByte or Opcode.InImmediate or Opcode.InByteImmediate:
                expected.Rax = after.Rax;
                break;
        }
    }

    private static CpuUserRegisters Registers(Random random)
    {
        CpuUserRegisters registers = default;
        for (int number = 0; number < 16; number++)
        {
            ulong value = unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue));
            GeneralRegisters.Of(ref registers, number) = random.Next(3) switch { 0 => value, 1 => Code + (value & 0x1fff), _ => value & 0xffff };
        }

        registers.Rcx = random.Next(2) == 0 ? 0xc0000080 + (registers.Rcx & 0x1f) : registers.Rcx & 0x1ff;
        registers.Rip = Code + (ulong)(random.Next(2) == 0 ? random.Next(PageBytes) : PageBytes - random.Next(16));
        registers.Cs = (ushort)(random.Next(3) == 0 ? FlatSelector.UserCode32 : FlatSelector.UserCode64);
        registers.Rflags = 0x202 | (ulong)(random.Next(4) << 10 & 0x400) | (random.Next(2) == 0 ? 1UL << 16 : 0);
        return registers;
    }

    private void Fill(Random random, int at)
    {
        byte[] page = Machine.GuestPages[Code >> 12].Bytes;
        if (random.Next(10) == 0)
        {
            ReadOnlySpan<byte> forced = [0x0f, 0x0b, 0x78, 0x65, 0x6e, 0x0f, 0xa2];
            forced[..Math.Min(forced.Length, PageBytes - at)].CopyTo(page.AsSpan(at));
            return;
        }

        for (int index = at; index < PageBytes && index < at + 16; index++)
        {
            page[index] = random.Next(3) == 0 ? (byte)random.Next(256) : s_usual[random.Next(s_usual.Length)];
        }
    }
}
