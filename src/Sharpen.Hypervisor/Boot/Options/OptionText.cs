using System;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>The value of an option as it was written, and the forms in which it can be read.</summary>
/// <remarks>Grammar: Xen's docs/misc/xen-command-line, "Types of parameter".</remarks>
public readonly ref struct OptionText
{
    /// <summary>The text after the equals sign, whether there was one, and whether <c>no-</c> stood before the name.</summary>
    public OptionText(ReadOnlySpan<byte> value, bool hasValue, bool isNegated)
    {
        Value = value;
        HasValue = hasValue;
        IsNegated = isNegated;
    }

    /// <summary>What was written after the equals sign.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>There was an equals sign.</summary>
    public bool HasValue { get; }

    /// <summary>The name had <c>no-</c> before it.</summary>
    public bool IsNegated { get; }

    /// <summary>True when the value is exactly this word.</summary>
    public bool Is(ReadOnlySpan<byte> word) => Value.SequenceEqual(word);

    /// <summary>yes, on, true, enable, 1, nothing at all; no, off, false, disable, 0, <c>no-</c> before the name.</summary>
    public OptionFault ReadBoolean(ref bool result)
    {
        if (!HasValue)
        {
            result = !IsNegated;
            return OptionFault.None;
        }

        bool isYes = Is("yes"u8) || Is("on"u8) || Is("true"u8) || Is("enable"u8) || Is("1"u8);
        bool isNo = Is("no"u8) || Is("off"u8) || Is("false"u8) || Is("disable"u8) || Is("0"u8);
        if (IsNegated || (!isYes && !isNo))
        {
            return OptionFault.NotABoolean;
        }

        result = isYes;
        return OptionFault.None;
    }

    /// <summary>A decimal number, or a hexadecimal one after 0x, within bounds.</summary>
    public OptionFault ReadNumber(ulong least, ulong most, ref ulong result)
    {
        if (!TryDigits(Value, out ulong number, out int length, out bool isHuge) || length != Value.Length)
        {
            return OptionFault.NotANumber;
        }

        if (isHuge || number < least || number > most)
        {
            return OptionFault.OutOfRange;
        }

        result = number;
        return OptionFault.None;
    }

    /// <summary>A number of bytes with a suffix B, K, M, G or T; without one it counts KiB.</summary>
    public OptionFault ReadSize(ref ulong bytes)
    {
        if (!TryDigits(Value, out ulong number, out int length, out bool isHuge) || Value.Length - length > 1)
        {
            return OptionFault.NotANumber;
        }

        int shift = length == Value.Length ? 10 : ShiftOf(Value[length]);
        if (shift < 0)
        {
            return OptionFault.NotANumber;
        }

        if (isHuge || number == 0 || number > ulong.MaxValue >> shift)
        {
            return OptionFault.OutOfRange;
        }

        bytes = number << shift;
        return OptionFault.None;
    }

    /// <summary>The part before the first separator, and the rest after it; the rest is empty at the end.</summary>
    public static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, byte separator)
    {
        int at = rest.IndexOf(separator);
        ReadOnlySpan<byte> part = at < 0 ? rest : rest.Slice(0, at);
        rest = at < 0 ? default : rest.Slice(at + 1);
        return part;
    }

    private static int ShiftOf(byte suffix) => (char)suffix switch
    {
        'b' or 'B' => 0,
        'k' or 'K' => 10,
        'm' or 'M' => 20,
        'g' or 'G' => 30,
        't' or 'T' => 40,
        _ => -1,
    };

    private static bool TryDigits(ReadOnlySpan<byte> text, out ulong number, out int length, out bool isHuge)
    {
        bool isHex = text.Length > 2 && text[0] == (byte)'0' && text[1] is (byte)'x' or (byte)'X';
        uint radix = isHex ? 16u : 10u;
        int first = isHex ? 2 : 0;
        number = 0;
        isHuge = false;
        for (length = first; length < text.Length && DigitOf(text[length]) < radix; length++)
        {
            uint digit = DigitOf(text[length]);
            isHuge |= number > (ulong.MaxValue - digit) / radix;
            number = isHuge ? 0 : (number * radix) + digit;
        }

        return length > first;
    }

    private static uint DigitOf(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => (uint)(value - '0'),
        >= (byte)'a' and <= (byte)'f' => (uint)(value - 'a' + 10),
        >= (byte)'A' and <= (byte)'F' => (uint)(value - 'A' + 10),
        _ => uint.MaxValue,
    };
}
