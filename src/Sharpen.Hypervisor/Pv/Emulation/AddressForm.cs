using Sharpen.Abi;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>A memory operand: ModRM, SIB and displacement. Source: AMD APM volume 3, section 1.4.</summary>
internal struct AddressForm
{
    private const int SibFollows = 4;
    private const int NoBase = 5;
    private const int NoIndex = 4;
    private const int StackPointer = 4;
    private const int FramePointer = 5;

    private readonly bool _is64Bit;
    private readonly int _rexIndex;
    private readonly int _rexBase;
    private readonly int _mod;
    private readonly int _rm;

    internal AddressForm(bool is64Bit, byte rex, byte modRm)
    {
        _is64Bit = is64Bit;
        _rexIndex = (rex & 2) << 2;
        _rexBase = (rex & 1) << 3;
        _mod = modRm >> 6;
        _rm = modRm & 7;
        Offset = 0;
        IsOnStack = false;
        IsRipRelative = false;
    }

    /// <summary>The sum, not yet cut to the size of addresses.</summary>
    internal ulong Offset { get; private set; }

    /// <summary>True when the usual segment is that of the stack.</summary>
    internal bool IsOnStack { get; private set; }

    /// <summary>True when the address of the next instruction is still to be added.</summary>
    internal bool IsRipRelative { get; private set; }

    /// <summary>Takes what follows when addresses have four or eight bytes.</summary>
    internal bool TryLong(ref CpuUserRegisters registers, ref CodeWindow code)
    {
        bool hasBase = true;
        int number = _rm | _rexBase;
        if (_rm == SibFollows)
        {
            if (!code.TryTake(out byte sib))
            {
                return false;
            }

            int index = ((sib >> 3) & 7) | _rexIndex;
            Offset = index == NoIndex ? 0 : unchecked(GeneralRegisters.Of(ref registers, index) << (sib >> 6));
            number = (sib & 7) | _rexBase;
            hasBase = (sib & 7) != NoBase || _mod != 0;
        }
        else if (_rm == NoBase && _mod == 0)
        {
            hasBase = false;
            IsRipRelative = _is64Bit;
        }

        if (hasBase)
        {
            IsOnStack = number is StackPointer or FramePointer;
            Offset = unchecked(Offset + GeneralRegisters.Of(ref registers, number));
        }

        return TryDisplacement(ref code, _mod switch { 1 => 1, 2 => 4, _ => hasBase ? 0 : 4 });
    }

    /// <summary>The same when they have two.</summary>
    internal bool TryShort(ref CpuUserRegisters registers, ref CodeWindow code)
    {
        const int Bp = 6;
        bool hasBase = _rm != Bp || _mod != 0;
        if (hasBase)
        {
            ulong first = _rm switch { 0 or 1 or 7 => registers.Rbx, 2 or 3 or Bp => registers.Rbp, 4 => registers.Rsi, _ => registers.Rdi };
            ulong second = _rm switch { 0 or 2 => registers.Rsi, 1 or 3 => registers.Rdi, _ => 0 };
            IsOnStack = _rm is 2 or 3 or Bp;
            Offset = unchecked(first + second);
        }

        return TryDisplacement(ref code, _mod switch { 1 => 1, 2 => 2, _ => hasBase ? 0 : 2 });
    }

    private bool TryDisplacement(ref CodeWindow code, int bytes)
    {
        if (bytes == 0)
        {
            return true;
        }

        bool isTaken = code.TryTake(bytes, out ulong displacement);
        Offset = unchecked(Offset + displacement);
        return isTaken;
    }
}
