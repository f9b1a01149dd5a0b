using System;
using System.Globalization;

namespace Sharpen.Toolstack.Config;

/// <summary>A disk as the guest sees it: <c>xvda</c>, <c>sdb1</c>, <c>hdc</c>, <c>d2p3</c>, or its number. Source: xen-vbd-interface(7).</summary>
/// <param name="Number">What the interface calls it: the node under <c>device/vbd</c>.</param>
public readonly record struct VirtualDisk(int Number)
{
    private const int Extended = 1 << 28;
    private const int MostDisks = 1 << 20;

    /// <summary>Understands a name, or a decimal or hexadecimal number.</summary>
    public static bool TryParse(string text, out VirtualDisk disk)
    {
        disk = default;
        if (text.StartsWith("/dev/", StringComparison.Ordinal))
        {
            text = text[5..];
        }

        if (TryNumber(text, out int number))
        {
            disk = new VirtualDisk(number);
            return true;
        }

        string prefix = text.StartsWith("xvd", StringComparison.Ordinal) ? "xvd" : text.Length > 2 && text[..2] is "sd" or "hd" ? text[..2] : "d";
        if (!text.StartsWith(prefix, StringComparison.Ordinal) || !TryParts(text[prefix.Length..], prefix == "d", out int index, out int partition))
        {
            return false;
        }

        disk = new VirtualDisk(prefix switch
        {
            "hd" => index < 4 && partition < 64 ? ((index < 2 ? 3 : 22) << 8) | ((index & 1) << 6) | partition : -1,
            "sd" => index < 16 && partition < 16 ? (8 << 8) | (index << 4) | partition : -1,
            _ => index < 16 && partition < 16 ? (202 << 8) | (index << 4) | partition : index < MostDisks && partition < 256 ? Extended | (index << 8) | partition : -1,
        });
        return disk.Number >= 0;
    }

    /// <summary>The name that the interface prefers for it.</summary>
    public override string ToString()
    {
        (string prefix, int index, int partition) = (Number >> 8) switch
        {
            _ when Number is >= Extended and < 2 * Extended => ("xvd", (Number & ~Extended) >> 8, Number & 0xff),
            202 => ("xvd", (Number >> 4) & 15, Number & 15),
            8 => ("sd", (Number >> 4) & 15, Number & 15),
            3 => ("hd", (Number >> 6) & 3, Number & 63),
            22 => ("hd", 2 + ((Number >> 6) & 3), Number & 63),
            _ => ("", -1, 0),
        };
        return index < 0 ? Number.ToString(CultureInfo.InvariantCulture) : prefix + Letters(index) + (partition == 0 ? "" : partition.ToString(CultureInfo.InvariantCulture));
    }

    private static bool TryNumber(string text, out int number) => text.StartsWith("0x", StringComparison.Ordinal)
        ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number >= 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // "b3" is disk 1, partition 3; of d1p3 the same by numbers.
    private static bool TryParts(string text, bool numeric, out int index, out int partition)
    {
        (index, partition) = (0, 0);
        int at = 0;
        if (numeric)
        {
            int p = text.IndexOf('p');
            return TryNumber(p < 0 ? text : text[..p], out index) && (p < 0 || TryNumber(text[(p + 1)..], out partition));
        }

        for (; at < text.Length && char.IsAsciiLetterLower(text[at]) && at < 5; at++)
        {
            index = ((index + (at == 0 ? 0 : 1)) * 26) + (text[at] - 'a');
        }

        return at > 0 && (at == text.Length || TryNumber(text[at..], out partition));
    }

    private static string Letters(int index) => (index < 26 ? "" : Letters((index / 26) - 1)) + (char)('a' + (index % 26));
}
