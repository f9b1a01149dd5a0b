using System.Numerics;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>The eight operations that most of the instruction set is made of, and the flags that they leave. Source: AMD APM volume 3, chapter 3.</summary>
internal struct Arithmetic
{
    internal const int Add = 0;
    internal const int Or = 1;
    internal const int AddCarry = 2;
    internal const int SubtractBorrow = 3;
    internal const int And = 4;
    internal const int Subtract = 5;
    internal const int Xor = 6;
    internal const int Compare = 7;

    internal const ulong Carry = 1;
    internal const ulong Zero = 0x40;

    private const ulong Parity = 4;
    private const ulong Auxiliary = 0x10;
    private const ulong Sign = 0x80;
    private const ulong Overflow = 0x800;
    private const ulong All = Carry | Parity | Auxiliary | Zero | Sign | Overflow;

    private readonly int _bytes;

    /// <summary>Works on so many bytes, 1 to 8; the flags that nothing changes come along.</summary>
    internal Arithmetic(int bytes, ulong flags)
    {
        _bytes = bytes;
        Flags = flags;
    }

    /// <summary>The flags so far.</summary>
    internal ulong Flags { get; private set; }

    /// <summary>Carries out one of the eight.</summary>
    /// <param name="operation">0 to 7.</param>
    /// <param name="left">The first operand, cut to size.</param>
    /// <param name="right">The second; more bits than the size has are ignored.</param>
    /// <returns>The result, cut to size.</returns>
    internal ulong Do(int operation, ulong left, ulong right)
    {
        ulong mask = GeneralRegisters.Mask(_bytes);
        right &= mask;
        ulong carry = operation is AddCarry or SubtractBorrow ? Flags & Carry : 0;
        switch (operation)
        {
            case Or:
                return Logic(left | right);
            case And:
                return Logic(left & right);
            case Xor:
                return Logic(left ^ right);
            case Add:
            case AddCarry:
                ulong sum = unchecked(left + right + carry) & mask;
                Set(sum, sum < left || (carry != 0 && sum == left), left ^ right ^ sum, (left ^ sum) & (right ^ sum));
                return sum;
            default:
                ulong rest = unchecked(left - right - carry) & mask;
                Set(rest, left < right || (carry != 0 && left == right), left ^ right ^ rest, (left ^ right) & (left ^ rest));
                return rest;
        }
    }

    /// <summary>One more or one less: the carry stays.</summary>
    internal ulong Step(ulong value, bool isUp)
    {
        ulong carry = Flags & Carry;
        ulong result = Do(isUp ? Add : Subtract, value, 1);
        Flags = (Flags & ~Carry) | carry;
        return result;
    }

    private ulong Logic(ulong result)
    {
        Set(result, false, 0, 0);
        return result;
    }

    private void Set(ulong result, bool carries, ulong auxiliary, ulong overflow)
    {
        ulong top = 1UL << ((8 * _bytes) - 1);
        ulong flags = Flags & ~All;
        flags |= carries ? Carry : 0;
        flags |= (BitOperations.PopCount(result & 0xff) & 1) == 0 ? Parity : 0;
        flags |= auxiliary & Auxiliary;
        flags |= result == 0 ? Zero : 0;
        flags |= (result & top) != 0 ? Sign : 0;
        Flags = (overflow & top) != 0 ? flags | Overflow : flags;
    }
}
