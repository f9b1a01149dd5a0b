using System;
using System.Globalization;

namespace Sharpen.Toolstack.Config;

/// <summary>The address of a network card.</summary>
public readonly record struct MacAddress(ulong Value)
{
    private const ulong XenPrefix = 0x00163e;

    /// <summary>Random, in Xen's own range 00:16:3e.</summary>
    public static MacAddress Random() => new((XenPrefix << 24) | (uint)System.Random.Shared.Next(1 << 24));

    /// <summary>Six groups of one or two hexadecimal digits, with colons between.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address)
    {
        ulong value = 0;
        int groups = 0;
        address = default;
        foreach (var range in text.Split(':'))
        {
            if (++groups > 6 || !byte.TryParse(text[range], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet) || text[range].Length > 2)
            {
                return false;
            }

            value = (value << 8) | octet;
        }

        address = new MacAddress(value);
        return groups == 6;
    }

    public override string ToString()
    {
        string digits = Value.ToString("x12", CultureInfo.InvariantCulture);
        return string.Join(':', digits[..2], digits[2..4], digits[4..6], digits[6..8], digits[8..10], digits[10..]);
    }
}
