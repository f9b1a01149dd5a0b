using Sharpen.Abi;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>The general registers by the numbers that instructions give them.</summary>
internal static class GeneralRegisters
{
    private const int SecondBytes = 4;

    /// <summary>A register as a whole.</summary>
    /// <param name="registers">All of them.</param>
    /// <param name="number">0 to 15.</param>
    internal static ref ulong Of(ref CpuUserRegisters registers, int number)
    {
        switch (number & 15)
        {
            case 0: return ref registers.Rax;
            case 1: return ref registers.Rcx;
            case 2: return ref registers.Rdx;
            case 3: return ref registers.Rbx;
            case 4: return ref registers.Rsp;
            case 5: return ref registers.Rbp;
            case 6: return ref registers.Rsi;
            case 7: return ref registers.Rdi;
            case 8: return ref registers.R8;
            case 9: return ref registers.R9;
            case 10: return ref registers.R10;
            case 11: return ref registers.R11;
            case 12: return ref registers.R12;
            case 13: return ref registers.R13;
            case 14: return ref registers.R14;
            default: return ref registers.R15;
        }
    }

    /// <summary>The lowest bytes of a register, or its second byte where a number from 4 to 7 means that.</summary>
    internal static ulong Read(ref CpuUserRegisters registers, int number, int bytes, bool hasRex)
    {
        if (bytes == 1 && !hasRex && number is >= SecondBytes and < 2 * SecondBytes)
        {
            return (Of(ref registers, number - SecondBytes) >> 8) & 0xff;
        }

        return Of(ref registers, number) & Mask(bytes);
    }

    /// <summary>Writes them: four bytes clear the rest of the register, fewer leave it.</summary>
    internal static void Write(ref CpuUserRegisters registers, int number, int bytes, bool hasRex, ulong value)
    {
        if (bytes == 1 && !hasRex && number is >= SecondBytes and < 2 * SecondBytes)
        {
            ref ulong whole = ref Of(ref registers, number - SecondBytes);
            whole = (whole & ~0xff00UL) | ((value & 0xff) << 8);
            return;
        }

        Write(ref Of(ref registers, number), bytes, value);
    }

    /// <summary>Writes the lowest bytes of a register.</summary>
    internal static void Write(ref ulong register, int bytes, ulong value)
    {
        ulong mask = Mask(bytes);
        register = bytes >= sizeof(uint) ? value & mask : (register & ~mask) | (value & mask);
    }

    /// <summary>The bits of so many bytes.</summary>
    /// <param name="bytes">1 to 8.</param>
    internal static ulong Mask(int bytes) => ulong.MaxValue >> (64 - (8 * bytes));
}
