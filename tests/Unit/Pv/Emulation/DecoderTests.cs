using System;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Hypervisor.Pv.Emulation;
using Sharpen.Machine.Guest;
using Xunit;

namespace Sharpen.Unit.Pv.Emulation;

/// <summary>Instructions from their bytes, sound and hostile.</summary>
public sealed class DecoderTests : MachineTest
{
    private const ulong Code = 0x40_0000;
    private CpuUserRegisters _registers = new()
    {
        Rax = 0x1_0000_0010,
        Rcx = 0x20,
        Rdx = 0x30,
        Rbx = 0x40,
        Rsp = 0x50,
        Rbp = 0x60,
        Rsi = 0x70,
        Rdi = 0x80,
        R8 = 0x800,
        R12 = 0xc00,
        R13 = 0xd00,
        R15 = 0xf00,
    };

    public DecoderTests() => Machine.GuestPages[Code >> 12] = new();

    [Theory]
    [InlineData(new byte[] { 0x0f, 0x32 }, 0x0f32, 4)]
    [InlineData(new byte[] { 0x0f, 0xa2 }, 0x0fa2, 4)]
    [InlineData(new byte[] { 0x66, 0xed }, 0xed, 2)]
    [InlineData(new byte[] { 0xec }, 0xec, 1)]
    [InlineData(new byte[] { 0x48, 0xed }, 0xed, 8)]
    [InlineData(new byte[] { 0x66, 0x48, 0xed }, 0xed, 8)]
    [InlineData(new byte[] { 0x48, 0x66, 0xed }, 0xed, 2)]
    [InlineData(new byte[] { 0xf3, 0x6c }, 0x6c, 1)]
    [InlineData(new byte[] { 0xe7, 0x80 }, 0xe7, 4)]
    public void Size_and_length_are_what_the_prefixes_say(byte[] code, int opcode, int operand)
    {
        Instruction instruction = Decode(code);
        Assert.Equal(((Opcode)opcode, operand, code.Length), (instruction.Opcode, instruction.OperandBytes, instruction.Length));
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x00 }, 0x1_0000_0010UL)]
    [InlineData(new byte[] { 0x67, 0x89, 0x00 }, 0x10UL)]
    [InlineData(new byte[] { 0x41, 0x89, 0x00 }, 0x800UL)]
    [InlineData(new byte[] { 0x89, 0x40, 0xff }, 0x1_0000_000fUL)]
    [InlineData(new byte[] { 0x89, 0x80, 0, 0, 0, 0x80 }, 0x8000_0010UL)]
    [InlineData(new byte[] { 0x89, 0x05, 0x10, 0, 0, 0 }, Code + 6 + 0x10)]
    [InlineData(new byte[] { 0xc7, 0x05, 0x10, 0, 0, 0, 1, 2, 3, 4 }, Code + 10 + 0x10)]
    [InlineData(new byte[] { 0x89, 0x04, 0x24 }, 0x50UL)]
    [InlineData(new byte[] { 0x89, 0x04, 0x4b }, 0x80UL)]
    [InlineData(new byte[] { 0x43, 0x89, 0x04, 0xbc }, 0x3c00UL + 0xc00)]
    [InlineData(new byte[] { 0x42, 0x89, 0x04, 0x63 }, 0x1800UL + 0x40)]
    [InlineData(new byte[] { 0x89, 0x04, 0x25, 0xff, 0xff, 0xff, 0xff }, ulong.MaxValue)]
    [InlineData(new byte[] { 0x41, 0x89, 0x45, 0x01 }, 0xd01UL)]
    [InlineData(new byte[] { 0x89, 0x44, 0x65, 0x10 }, 0x70UL)]
    [InlineData(new byte[] { 0x48, 0xa3, 1, 2, 3, 4, 5, 6, 7, 8 }, 0x0807060504030201UL)]
    public void Addresses_are_made_of_base_index_and_displacement(byte[] code, ulong offset)
    {
        Instruction instruction = Decode(code);
        Assert.True(instruction.IsMemory);
        Assert.Equal((offset, code.Length), (instruction.Offset, instruction.Length));
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x03 }, 0x40UL)]
    [InlineData(new byte[] { 0x89, 0x05, 0x78, 0x56, 0x34, 0x12 }, 0x12345678UL)]
    [InlineData(new byte[] { 0x67, 0x89, 0x00 }, 0x40UL + 0x70)]
    [InlineData(new byte[] { 0x67, 0x89, 0x42, 0x80 }, 0x50UL)]
    [InlineData(new byte[] { 0x67, 0x89, 0x06, 0x34, 0x12 }, 0x1234UL)]
    [InlineData(new byte[] { 0x67, 0x89, 0x46, 0x00 }, 0x60UL)]
    public void Compatibility_code_has_its_own_addresses(byte[] code, ulong offset)
    {
        Place(code, 0);
        CodeSegment segment = new(is64Bit: false, is32Bit: true, 0x40_0000);
        Assert.Equal(DecodeOutcome.Decoded, Decoder.Decode(ref _registers, in segment, 0, out Instruction instruction, out _));
        Assert.Equal((offset, code.Length), (instruction.Offset, instruction.Length));
    }

    [Fact]
    public void Segments_are_chosen_by_prefix_and_base()
    {
        Assert.Equal(SegmentName.Ds, Decode(0x89, 0x00).Segment);
        Assert.Equal(SegmentName.Ss, Decode(0x89, 0x04, 0x24).Segment);
        Assert.Equal(SegmentName.Gs, Decode(0x65, 0x89, 0x04, 0x24).Segment);
        Assert.Equal(SegmentName.Fs, Decode(0x64, 0x2e, 0x89, 0x00).Segment);
    }

    [Theory]
    [InlineData(new byte[] { 0x0f, 0x05 })]
    [InlineData(new byte[] { 0x90 })]
    [InlineData(new byte[] { 0xc4, 0xe2, 0x79, 0x18, 0 })]
    [InlineData(new byte[] { 0xf0, 0x0f, 0xa2 })]
    [InlineData(new byte[] { 0xf0, 0x01, 0xc0 })]
    [InlineData(new byte[] { 0xf0, 0x89, 0x00 })]
    [InlineData(new byte[] { 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x0f, 0x32 })]
    public void What_no_table_has_is_unknown(byte[] code)
    {
        Place(code, 0);
        CodeSegment segment = new(is64Bit: true, is32Bit: true, 0);
        Assert.Equal(DecodeOutcome.Unknown, Decoder.Decode(ref _registers, in segment, Code, out _, out _));
    }

    [Fact]
    public void Fifteen_bytes_are_not_too_many()
    {
        byte[] code = [.. Enumerable.Repeat((byte)0x66, 13), 0x0f, 0x32];
        Assert.Equal(15, Decode(code).Length);
    }

    [Fact]
    public void Code_at_the_end_of_memory_is_read_no_further_than_it_goes()
    {
        CodeSegment segment = new(is64Bit: true, is32Bit: true, 0);
        Place([0x0f, 0x32], 0xffe);
        Assert.Equal(DecodeOutcome.Decoded, Decoder.Decode(ref _registers, in segment, Code + 0xffe, out _, out _));
        Place([0xc7], 0xfff);
        Assert.Equal(DecodeOutcome.Unreadable, Decoder.Decode(ref _registers, in segment, Code + 0xfff, out _, out GuestLinear unreadable));
        Assert.Equal(Code + 0x1000, unreadable.Value);
        Machine.GuestPages[(Code >> 12) + 1] = new();
        Machine.GuestPages[(Code >> 12) + 1].Bytes[0] = 0x05;
        Assert.Equal(DecodeOutcome.Decoded, Decoder.Decode(ref _registers, in segment, Code + 0xfff, out Instruction instruction, out _));
        Assert.Equal(10, instruction.Length);
    }

    private void Place(byte[] code, int offset)
    {
        Array.Clear(Machine.GuestPages[Code >> 12].Bytes);
        code.CopyTo(Machine.GuestPages[Code >> 12].Bytes, offset);
    }

    private Instruction Decode(params byte[] code)
    {
        Place(code, 0);
        CodeSegment segment = new(is64Bit: true, is32Bit: true, 0);
        Assert.Equal(DecodeOutcome.Decoded, Decoder.Decode(ref _registers, in segment, Code, out Instruction instruction, out _));
        return instruction;
    }
}
