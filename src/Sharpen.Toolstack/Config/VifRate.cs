using System;
using System.Globalization;

namespace Sharpen.Toolstack.Config;

/// <summary>A limit of traffic: credit that is given again and again. Source: xl-network-configuration(5), <c>rate</c>.</summary>
/// <param name="Bytes">Credit for one interval.</param>
/// <param name="Microseconds">The interval.</param>
public readonly record struct VifRate(ulong Bytes, uint Microseconds)
{
    private const uint UsualInterval = 50_000;

    /// <summary>As the node <c>rate</c> of a network backend has it.</summary>
    public string Node => $"{Bytes},{Microseconds}";

    /// <summary>Understands <c>10Mb/s</c>, <c>250KB/s@20ms</c>.</summary>
    public static bool TryParse(string text, out VifRate rate)
    {
        rate = default;
        int at = text.IndexOf('@');
        string amount = at < 0 ? text : text[..at];
        uint interval = UsualInterval;
        if (!amount.EndsWith("/s", StringComparison.Ordinal) || (at >= 0 && !TryInterval(text[(at + 1)..], out interval)))
        {
            return false;
        }

        (amount, ulong unit, ulong divisor) = Unit(amount[..^2]);
        if (unit == 0 || !ulong.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) || number > ulong.MaxValue / unit / 1_000_000)
        {
            return false;
        }

        ulong perSecond = number * unit / divisor;
        ulong bytes = perSecond > ulong.MaxValue / interval ? ulong.MaxValue : perSecond * interval / 1_000_000;
        rate = new VifRate(Math.Min(bytes, uint.MaxValue), interval);
        return true;
    }

    private static (string Amount, ulong Unit, ulong Divisor) Unit(string text)
    {
        if (text.Length == 0 || text[^1] is not ('B' or 'b'))
        {
            return (text, 0, 1);
        }

        ulong divisor = text[^1] == 'b' ? 8u : 1u;
        ulong unit = text.Length < 2 ? 1u : text[^2] switch { 'G' => 1_000_000_000u, 'M' => 1_000_000u, 'K' => 1_000u, _ => 1u };
        return (text[..^(unit == 1 ? 1 : 2)], unit, divisor);
    }

    private static bool TryInterval(string text, out uint interval)
    {
        (string number, uint unit) = text switch
        {
            _ when text.EndsWith("us", StringComparison.Ordinal) => (text[..^2], 1u),
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 1_000u),
            _ when text.EndsWith('s') => (text[..^1], 1_000_000u),
            _ => (text, 1u),
        };
        interval = 0;
        if (!uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out uint count) || count == 0 || count > uint.MaxValue / unit)
        {
            return false;
        }

        interval = count * unit;
        return true;
    }
}
