using System;
using System.Text;

namespace Sharpen.Toolstack.Config;

/// <summary>Backslashes in strings: as in C, and any other character stands for itself.</summary>
public static class ConfigEscapes
{
    /// <summary>The text that <paramref name="raw"/>, the inside of quotes, stands for.</summary>
    public static string Resolve(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            int digits = raw[i] == 'x' ? Digits(raw, i + 1, 2, char.IsAsciiHexDigit) : Digits(raw, i, 3, static c => c is >= '0' and <= '7');
            if (digits == 0)
            {
                text.Append(Named(raw[i]));
                continue;
            }

            int first = raw[i] == 'x' ? i + 1 : i;
            text.Append((char)(Convert.ToInt32(raw.Substring(first, digits), raw[i] == 'x' ? 16 : 8) & 0xff));
            i = first + digits - 1;
        }

        return text.ToString();
    }

    private static int Digits(string raw, int from, int most, Func<char, bool> isDigit)
    {
        int count = 0;
        while (count < most && from + count < raw.Length && isDigit(raw[from + count]))
        {
            count++;
        }

        return count;
    }

    private static char Named(char c) => c switch
    {
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        _ => c,
    };
}
