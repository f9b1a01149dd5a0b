using Sharpen.Abi;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// Takes an instruction of a guest apart, byte by byte, as a CPU does. What it is given is hostile: it ends after fifteen bytes
/// at the latest, and what the table does not know is nothing. Source: AMD APM volume 3, chapter 1.
/// </summary>
internal struct Decoder
{
    private const byte TwoByteEscape = 0x0f;
    private const byte RexWide = 8;
    private const byte RexRegister = 4;
    private const byte RexBase = 1;

    private readonly bool _is32Bit;
    private CodeWindow _code;
    private Instruction _decoded;
    private bool _hasOperandPrefix;
    private bool _hasAddressPrefix;
    private bool _hasSegmentPrefix;
    private byte _rex;

    private Decoder(in CodeSegment segment, ulong start)
    {
        _is32Bit = segment.Is32Bit;
        _code = new CodeWindow(new GuestLinear(segment.Linear(start)));
        _decoded = default;
        _decoded.Is64Bit = segment.Is64Bit;
        _decoded.Segment = SegmentName.Ds;
        _hasOperandPrefix = false;
        _hasAddressPrefix = false;
        _hasSegmentPrefix = false;
        _rex = 0;
    }

    /// <summary>Decodes the instruction at an offset in the code segment.</summary>
    /// <param name="registers">What addresses are made of.</param>
    /// <param name="segment">The code segment.</param>
    /// <param name="start">The offset.</param>
    /// <param name="instruction">The result; meaningful when decoded.</param>
    /// <param name="unreadable">The first byte that cannot be read; meaningful when unreadable.</param>
    internal static DecodeOutcome Decode(ref CpuUserRegisters registers, in CodeSegment segment, ulong start, out Instruction instruction, out GuestLinear unreadable)
    {
        Decoder decoder = new(in segment, start);
        bool isDecoded = decoder.TryPrefixes(out byte opcode) && decoder.TryOpcode(opcode, out OpcodeFormat format)
            && decoder.TryOperands(ref registers, format, start);
        instruction = decoder._decoded;
        unreadable = decoder._code.Unreadable;
        return isDecoded ? DecodeOutcome.Decoded : decoder._code.IsUnreadable ? DecodeOutcome.Unreadable : DecodeOutcome.Unknown;
    }

    // A REX prefix counts only right before the opcode.
    private bool TryPrefixes(out byte opcode)
    {
        while (_code.TryTake(out opcode))
        {
            if (_decoded.Is64Bit && (opcode & 0xf0) == 0x40)
            {
                _rex = opcode;
                _decoded.HasRex = true;
            }
            else if (IsPrefix(opcode))
            {
                _rex = 0;
                _decoded.HasRex = false;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private bool IsPrefix(byte value)
    {
        switch (value)
        {
            case 0x66: _hasOperandPrefix = true; return true;
            case 0x67: _hasAddressPrefix = true; return true;
            case 0xf0: _decoded.IsLocked = true; return true;
            case 0xf2 or 0xf3: _decoded.IsRepeated = true; return true;
            case 0x26: return Choose(SegmentName.Es);
            case 0x2e: return Choose(SegmentName.Cs);
            case 0x36: return Choose(SegmentName.Ss);
            case 0x3e: return Choose(SegmentName.Ds);
            case 0x64: return Choose(SegmentName.Fs);
            case 0x65: return Choose(SegmentName.Gs);
            default: return false;
        }
    }

    // In 64-bit code the four old segments have no base, and their prefixes say nothing: an earlier fs or gs stays.
    private bool Choose(SegmentName segment)
    {
        if (!_decoded.Is64Bit || segment >= SegmentName.Fs)
        {
            _decoded.Segment = segment;
            _hasSegmentPrefix = true;
        }

        return true;
    }

    private bool TryOpcode(byte first, out OpcodeFormat format)
    {
        format = OpcodeFormat.None;
        byte opcode = first;
        bool isTwoByte = first == TwoByteEscape;
        if (isTwoByte && !_code.TryTake(out opcode))
        {
            return false;
        }

        format = OpcodeTable.Of(opcode, isTwoByte);
        _decoded.Opcode = (Opcode)(isTwoByte ? (TwoByteEscape << 8) | opcode : opcode);
        bool isWide = _hasOperandPrefix != (_decoded.Is64Bit || _is32Bit);
        bool isByte = (format & OpcodeFormat.Byte) != 0;
        _decoded.OperandBytes = isByte ? 1 : (_rex & RexWide) != 0 ? 8 : isWide ? 4 : 2;
        _decoded.AddressBytes = _decoded.Is64Bit ? (_hasAddressPrefix ? 4 : 8) : (_hasAddressPrefix != _is32Bit ? 4 : 2);
        return format != OpcodeFormat.None;
    }

    private bool TryOperands(ref CpuUserRegisters registers, OpcodeFormat format, ulong start)
    {
        bool isRipRelative = false;
        if ((format & OpcodeFormat.ModRm) != 0 && !TryModRm(ref registers, out isRipRelative))
        {
            return false;
        }

        int immediate = (format & OpcodeFormat.ImmediateByte) != 0 ? 1
            : (format & OpcodeFormat.ImmediateOperand) != 0 ? (_decoded.OperandBytes == 2 ? 2 : 4) : 0;
        if (!_code.TryTake(immediate, out _decoded.Immediate))
        {
            return false;
        }

        if ((format & OpcodeFormat.Address) != 0)
        {
            _decoded.IsMemory = true;
            if (!_code.TryTake(_decoded.AddressBytes, out _decoded.Offset))
            {
                return false;
            }
        }

        _decoded.Length = _code.Position;
        ulong next = isRipRelative ? unchecked(start + (ulong)(uint)_decoded.Length) : 0;
        _decoded.Offset = unchecked(_decoded.Offset + next) & GeneralRegisters.Mask(_decoded.AddressBytes);
        return !_decoded.IsLocked || ((format & OpcodeFormat.Lockable) != 0 && _decoded.IsMemory);
    }

    private bool TryModRm(ref CpuUserRegisters registers, out bool isRipRelative)
    {
        isRipRelative = false;
        if (!_code.TryTake(out byte modRm))
        {
            return false;
        }

        _decoded.ModRm = modRm;
        _decoded.Register = ((modRm >> 3) & 7) | ((_rex & RexRegister) << 1);
        _decoded.Base = (modRm & 7) | ((_rex & RexBase) << 3);
        bool isAlwaysRegister = _decoded.Opcode is >= Opcode.ReadControl and <= Opcode.WriteDebug;
        if (isAlwaysRegister || modRm >= 0xc0)
        {
            return true;
        }

        _decoded.IsMemory = true;
        AddressForm form = new(_decoded.Is64Bit, _rex, modRm);
        bool isDone = _decoded.AddressBytes == 2 ? form.TryShort(ref registers, ref _code) : form.TryLong(ref registers, ref _code);
        isRipRelative = form.IsRipRelative;
        _decoded.Offset = form.Offset;
        if (form.IsOnStack && !_hasSegmentPrefix)
        {
            _decoded.Segment = SegmentName.Ss;
        }

        return isDone;
    }
}
