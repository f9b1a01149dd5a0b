using System;
using System.Collections.Generic;
using System.Linq;

namespace Sharpen.Fuzz;

/// <summary>Spoils texts that people write: cut, doubled, with words of the language where they do not belong, with numbers at the ends of what numbers can be.</summary>
/// <param name="random">Decides.</param>
/// <param name="words">Words of the language.</param>
public sealed class TextMutator(Random random, IReadOnlyList<string> words)
{
    private const string Signs = " \t\r\n\f\v#;=+[],'\"\\:@^-/.x0179azAZ_%$é\u2028\ud800\0\u007f";

    private static readonly string[] s_numbers =
    [
        "0", "-0", "-1", "1", "007", "08", "0x", "0x7fffffff", "0xffffffffffffffff", "255", "256", "511", "512", "513", "65535", "65536", "1e9", "2147483647", "2147483648",
        "-2147483648", "-2147483649", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615",
        "18446744073709551616", "99999999999999999999999999999999999", "٣",
    ];

    /// <summary>A copy with one to six things wrong.</summary>
    public string Spoil(string original)
    {
        string text = original;
        for (int i = random.Next(1, 7); i > 0; i--)
        {
            text = Once(text);
        }

        return text;
    }

    private string Once(string text)
    {
        int at = random.Next(text.Length + 1);
        int some = random.Next(Math.Min(24, text.Length - at) + 1);
        return random.Next(10) switch
        {
            0 => text.Remove(at, some),
            1 => text.Insert(at, text.Substring(at, some)),
            2 => text.Insert(at, Word()),
            3 => string.Concat(text.AsSpan(0, at), Word(), text.AsSpan(at + some)),
            4 => Number(text, at),
            5 => text.Insert(at, Noise()),
            6 => text.Insert(at, string.Concat(Enumerable.Repeat(Word(), random.Next(1, 200)))),
            7 => text[..at],
            8 => text[(at + some)..] + text[..at],
            _ => string.Concat(text.AsSpan(0, at), Signs.AsSpan(random.Next(Signs.Length), 1), text.AsSpan(Math.Min(text.Length, at + 1))),
        };
    }

    private string Word() => random.Next(4) == 0 ? s_numbers[random.Next(s_numbers.Length)] : words[random.Next(words.Count)];

    private string Noise() => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Signs[random.Next(Signs.Length)]));

    // The first number from here on becomes another.
    private string Number(string text, int at)
    {
        int start = text.AsSpan(at).IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return text;
        }

        start += at;
        int length = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        return string.Concat(text.AsSpan(0, start), s_numbers[random.Next(s_numbers.Length)], length < 0 ? [] : text.AsSpan(start + length));
    }
}
