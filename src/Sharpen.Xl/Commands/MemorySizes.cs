using System.Globalization;

namespace Sharpen.Xl.Commands;

/// <summary>Sizes of memory as xl takes them: MiB, or with b, k, m, g or t behind.</summary>
public static class MemorySizes
{
    /// <summary>A size in KiB.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static ulong Parse(string text)
    {
        int shift = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch { 'b' => -10, 'k' => 0, 'm' => 10, 'g' => 20, 't' => 30, >= '0' and <= '9' => 10, _ => -1 };
        string digits = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? text[..^1] : text;
        return shift != -1 && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number <= 1UL << 33
            ? shift < 0 ? number >> -shift : number << shift
            : throw new CommandException(1, $"'{text}' is no size of memory: write MiB, or a number with k, m, g or t behind");
    }
}
