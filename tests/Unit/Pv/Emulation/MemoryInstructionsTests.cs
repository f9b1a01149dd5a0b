using System;
using CsCheck;
using Sharpen.Abi;
using Sharpen.Hypervisor.Pv.Emulation;
using Xunit;

namespace Sharpen.Unit.Pv.Emulation;

/// <summary>What instructions make of an operand in memory, from their bytes.</summary>
public sealed class MemoryInstructionsTests : MachineTest
{
    private const ulong Code = 0x40_0000;
    private const ulong Carry = 1;
    private const ulong Zero = 0x40;
    private CpuUserRegisters _registers = new() { Rip = Code, Cs = (ushort)FlatSelector.UserCode64, Rflags = 0x202, Rdi = 0x1000 };
    private MemoryEffect _effect;
    private Instruction _instruction;

    public MemoryInstructionsTests() => Machine.GuestPages[Code >> 12] = new();

    [Fact]
    public void Kernels_clear_and_set_bits_of_entries()
    {
        Assert.Equal(0xff65UL, Apply(0xff67, 0xf0, 0x80, 0x27, 0xfd) | 0xff00);                 // lock and byte [rdi], ~2
        Assert.Equal(1, _instruction.OperandBytes);
        _registers.Rax = 6;
        Assert.Equal(0x27UL, Apply(0x67, 0xf0, 0x48, 0x0f, 0xb3, 0x07));                        // lock btr [rdi], rax
        Assert.Equal(Carry, _effect.Flags & Carry);
        Assert.Equal(0x27UL, Apply(0x27, 0xf0, 0x48, 0x0f, 0xba, 0x37, 0x06));                  // lock btr [rdi], 6
        Assert.Equal(0UL, _effect.Flags & Carry);
        Assert.Equal(0x67UL, Apply(0x27, 0xf0, 0x48, 0x0f, 0xba, 0x2f, 0x46));                  // lock bts [rdi], 70
        Assert.Equal(1UL << 63, Apply(0, 0x48, 0x0f, 0xba, 0x3f, 0x3f));                        // btc [rdi], 63
    }

    [Theory]
    [InlineData(0x46UL, 0UL)]
    [InlineData(0x146UL, 40UL - 8)]
    [InlineData(0xffff_ffff_ffff_ffffUL, 0xffff_ffff_ffff_fff8UL)]
    public void Bits_are_counted_beyond_the_operand(ulong bit, ulong displacement)
    {
        _registers.Rax = bit;
        Apply(0, 0x48, 0x0f, 0xab, 0x07);
        Assert.Equal(displacement + (bit == 0x46 ? 8UL : bit == 0x146 ? 8UL : 0), MemoryInstructions.Displacement(ref _registers, in _instruction));
    }

    [Fact]
    public void An_exchange_gives_the_old_entry_back()
    {
        _registers.Rbx = 0x1234_5678_9abc_def0;
        Assert.Equal(_registers.Rbx, Apply(0x67, 0x48, 0x87, 0x1f));
        Assert.Equal((3, 0x67UL), (_effect.Register, _effect.RegisterValue));
        Assert.Equal(0xdeUL, Apply(0x67, 0x86, 0x3f));                                          // xchg [rdi], bh
        Assert.Equal((7, 0x67UL), (_effect.Register, _effect.RegisterValue));
        Assert.Equal(0xdef1UL, Apply(1, 0x66, 0xf0, 0x0f, 0xc1, 0x1f));                         // lock xadd [rdi], bx
        Assert.Equal((3, 1UL), (_effect.Register, _effect.RegisterValue));
    }

    [Fact]
    public void A_compare_and_exchange_that_fails_writes_nothing()
    {
        (_registers.Rax, _registers.Rcx) = (5, 9);
        Assert.Equal(9UL, Apply(5, 0xf0, 0x48, 0x0f, 0xb1, 0x0f));
        Assert.Equal((true, Zero, MemoryEffect.NoRegister), (_effect.Writes, _effect.Flags & Zero, _effect.Register));
        Apply(6, 0xf0, 0x48, 0x0f, 0xb1, 0x0f);
        Assert.Equal((false, 0UL, 0, 6UL), (_effect.Writes, _effect.Flags & Zero, _effect.Register, _effect.RegisterValue));
    }

    [Fact]
    public void Plain_stores_take_what_the_instruction_says()
    {
        _registers.Rsi = ulong.MaxValue;
        _registers.Rax = 0xabcd;
        Assert.Equal(uint.MaxValue, Apply(0, 0x89, 0x37));
        Assert.Equal(ulong.MaxValue, Apply(0, 0x48, 0xc7, 0x07, 0xff, 0xff, 0xff, 0xff));
        Assert.Equal(0x7fUL, Apply(0, 0xc6, 0x07, 0x7f));
        Assert.Equal(0xabcdUL, Apply(0, 0x48, 0xa3, 1, 2, 3, 4, 5, 6, 7, 8));
        Assert.Equal(ulong.MaxValue, Apply(0, 0x48, 0x0f, 0xc3, 0x37));
        Assert.Equal(0x202UL, _effect.Flags);
        Assert.Equal(~5UL, Apply(5, 0x48, 0xf7, 0x17));
        Assert.Equal(ulong.MaxValue, Apply(1, 0x48, 0xf7, 0x1f));
        Assert.Equal(4UL, Apply(5, 0x48, 0xff, 0x0f));
    }

    [Theory]
    [InlineData(0x48, 0x83, 0x3f, 1)]           // cmp
    [InlineData(0xc6, 0x0f, 1, 0)]              // no mov
    [InlineData(0x48, 0xf7, 0x27, 0)]           // mul
    [InlineData(0x48, 0x0f, 0xba, 0x27)]        // bt
    [InlineData(0xff, 0x27, 0, 0)]              // jmp
    public void What_writes_nothing_is_refused(byte first, byte second, byte third, byte fourth) => Assert.False(TryApply(1, first, second, third, fourth, 0, 0));

    [Fact]
    public void Arithmetic_agrees_with_wide_numbers() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 3], Gen.ULong, Gen.ULong, Gen.Bool).Sample((what, size, left, right, carry) =>
        {
            int bytes = 1 << size;
            ulong mask = GeneralRegisters.Mask(bytes);
            Int128 bound = (Int128)mask + 1;
            (left, right) = (left & mask, right & mask);
            Arithmetic work = new(bytes, carry ? Carry : 0);
            ulong result = work.Do(what, left, right);
            Int128 extra = carry ? 1 : 0;
            Int128 exact = what switch
            {
                0 => (Int128)left + right,
                1 => left | right,
                2 => (Int128)left + right + extra,
                3 => (Int128)left - right - extra,
                4 => left & right,
                6 => left ^ right,
                _ => (Int128)left - right,
            };
            Assert.Equal((ulong)(exact & (Int128)mask), result);
            Assert.Equal(exact < 0 || exact >= bound, (work.Flags & Carry) != 0);
            Assert.Equal(result == 0, (work.Flags & Zero) != 0);
            Int128 signed = what switch
            {
                0 => Signed(left, bytes) + Signed(right, bytes),
                2 => Signed(left, bytes) + Signed(right, bytes) + extra,
                3 => Signed(left, bytes) - Signed(right, bytes) - extra,
                5 or 7 => Signed(left, bytes) - Signed(right, bytes),
                _ => Signed(result, bytes),
            };
            Assert.Equal(signed != Signed(result, bytes), (work.Flags & 0x800) != 0);
        });

    private static Int128 Signed(ulong value, int bytes)
    {
        int unused = 64 - (8 * bytes);
        return unchecked((long)(value << unused)) >> unused;
    }

    private ulong Apply(ulong old, params byte[] code)
    {
        Assert.True(TryApply(old, code));
        return _effect.Value;
    }

    private bool TryApply(ulong old, params byte[] code)
    {
        code.CopyTo(Machine.GuestPages[Code >> 12].Bytes, 0);
        Assert.True(CodeSegments.TryDescribe(default, _registers.Cs, out CodeSegment segment));
        Assert.Equal(DecodeOutcome.Decoded, Decoder.Decode(ref _registers, in segment, Code, out _instruction, out _));
        Assert.True(_instruction.IsMemory);
        return MemoryInstructions.TryApply(ref _registers, in _instruction, old & GeneralRegisters.Mask(_instruction.OperandBytes), out _effect);
    }
}
