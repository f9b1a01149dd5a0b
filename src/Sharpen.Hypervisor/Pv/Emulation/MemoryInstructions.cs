using Sharpen.Abi;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// Instructions that write one operand in memory: kernels change page-table entries with them. What they would do is worked out here;
/// whoever asked puts it into memory. Source: AMD APM volume 3, chapter 3.
/// </summary>
internal static class MemoryInstructions
{
    private const int Accumulator = 0;
    private const int LastPlainArithmetic = 0x31;

    /// <summary>How far the operand is from where the instruction says: bit instructions count their bits from there, in units of operands.</summary>
    internal static ulong Displacement(ref CpuUserRegisters registers, in Instruction instruction)
    {
        if (instruction.Opcode is not (Opcode.SetBit or Opcode.ResetBit or Opcode.FlipBit))
        {
            return 0;
        }

        int unused = 64 - (8 * instruction.OperandBytes);
        long bit = unchecked((long)(GeneralRegisters.Of(ref registers, instruction.Register) << unused) >> unused);
        int shift = instruction.OperandBytes switch { 2 => 4, 4 => 5, _ => 6 };
        return unchecked((ulong)((bit >> shift) * instruction.OperandBytes));
    }

    /// <summary>What an instruction makes of its operand. False: it is none of these.</summary>
    /// <param name="registers">As they are; they do not change.</param>
    /// <param name="instruction">The instruction; its operand is in memory.</param>
    /// <param name="old">What the operand is, cut to its size.</param>
    /// <param name="effect">The result.</param>
    internal static bool TryApply(ref CpuUserRegisters registers, in Instruction instruction, ulong old, out MemoryEffect effect)
    {
        ulong mask = GeneralRegisters.Mask(instruction.OperandBytes);
        ulong source = GeneralRegisters.Read(ref registers, instruction.Register, instruction.OperandBytes, instruction.HasRex);
        effect = new MemoryEffect { Value = old, Writes = true, Flags = registers.Rflags, Register = MemoryEffect.NoRegister };
        Arithmetic work = new(instruction.OperandBytes, registers.Rflags);
        switch (instruction.Opcode)
        {
            case Opcode.StoreByte or Opcode.Store or Opcode.StoreUncached:
                effect.Value = source;
                return true;
            case Opcode.StoreAccumulatorByte or Opcode.StoreAccumulator:
                effect.Value = registers.Rax & mask;
                return true;
            case Opcode.StoreImmediateByte or Opcode.StoreImmediate:
                effect.Value = instruction.Immediate & mask;
                return instruction.Group == 0;
            case Opcode.ExchangeByte or Opcode.Exchange:
                effect.Value = source;
                Load(ref effect, instruction.Register, old);
                return true;
            case Opcode.ExchangeAddByte or Opcode.ExchangeAdd:
                effect.Value = work.Do(Arithmetic.Add, old, source);
                Load(ref effect, instruction.Register, old);
                break;
            case Opcode.CompareExchangeByte or Opcode.CompareExchange:
                CompareExchange(ref effect, ref work, registers.Rax & mask, old, source);
                break;
            case Opcode.ArithmeticByte or Opcode.ArithmeticLong or Opcode.ArithmeticShort:
                effect.Value = work.Do(instruction.Group, old, instruction.Immediate);
                effect.Flags = work.Flags;
                return instruction.Group != Arithmetic.Compare;
            case Opcode.SetBit or Opcode.ResetBit or Opcode.FlipBit or Opcode.BitGroup:
                return TryBit(ref effect, in instruction, old, instruction.Opcode == Opcode.BitGroup ? instruction.Immediate : source);
            case Opcode.UnaryByte or Opcode.Unary or Opcode.StepByte or Opcode.Step:
                return TryUnary(ref effect, ref work, in instruction, old);
            default:
                if ((int)instruction.Opcode > LastPlainArithmetic)
                {
                    return false;
                }

                effect.Value = work.Do((int)instruction.Opcode >> 3, old, source);
                break;
        }

        effect.Flags = work.Flags;
        return true;
    }

    private static void Load(ref MemoryEffect effect, int register, ulong value)
    {
        effect.Register = register;
        effect.RegisterValue = value;
    }

    private static void CompareExchange(ref MemoryEffect effect, ref Arithmetic work, ulong wanted, ulong old, ulong source)
    {
        work.Do(Arithmetic.Compare, wanted, old);
        if (wanted == old)
        {
            effect.Value = source;
            return;
        }

        effect.Writes = false;
        Load(ref effect, Accumulator, old);
    }

    private static bool TryBit(ref MemoryEffect effect, in Instruction instruction, ulong old, ulong number)
    {
        const int FirstOfGroup = 5;
        ulong bit = 1UL << (int)(number & (ulong)((8 * instruction.OperandBytes) - 1));
        int what = instruction.Opcode switch
        {
            Opcode.SetBit => FirstOfGroup,
            Opcode.ResetBit => FirstOfGroup + 1,
            Opcode.FlipBit => FirstOfGroup + 2,
            _ => instruction.Group,
        };
        effect.Value = what == FirstOfGroup ? old | bit : what == FirstOfGroup + 1 ? old & ~bit : old ^ bit;
        effect.Flags = (effect.Flags & ~Arithmetic.Carry) | ((old & bit) != 0 ? Arithmetic.Carry : 0);
        return what >= FirstOfGroup;
    }

    private static bool TryUnary(ref MemoryEffect effect, ref Arithmetic work, in Instruction instruction, ulong old)
    {
        bool isStep = instruction.Opcode is Opcode.StepByte or Opcode.Step;
        switch (instruction.Group)
        {
            case 0 or 1 when isStep:
                effect.Value = work.Step(old, instruction.Group == 0);
                effect.Flags = work.Flags;
                return true;
            case 2 when !isStep:
                effect.Value = ~old & GeneralRegisters.Mask(instruction.OperandBytes);
                return true;
            case 3 when !isStep:
                effect.Value = work.Do(Arithmetic.Subtract, 0, old);
                effect.Flags = work.Flags;
                return true;
            default:
                return false;
        }
    }
}
