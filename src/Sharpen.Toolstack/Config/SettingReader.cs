using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sharpen.Toolstack.Config;

/// <summary>Takes values out of a document as types; what does not fit is reported there, and counts as absent.</summary>
public sealed class SettingReader(ConfigDocument document)
{
    /// <summary>The text of a key.</summary>
    public string Text(string key, string absent = "") => document.Find(key) switch
    {
        null => absent,
        { Value: ConfigAtom atom } => atom.Text,
        { } setting => Fail(setting, "is a list", $"write {key} = \"...\"", absent),
    };

    /// <summary>The text of a key whose value may not be empty.</summary>
    public bool Has(string key) => Text(key).Length > 0;

    /// <summary>A number of a key: decimal, octal behind 0, hexadecimal behind 0x.</summary>
    /// <returns>Null when it is absent or wrong.</returns>
    public long? Number(string key, long least, long most)
    {
        if (document.Find(key) is not { } setting)
        {
            return null;
        }

        if (setting.Value is ConfigAtom atom && TryNumber(atom.Text.Trim(), out long number))
        {
            return number >= least && number <= most ? number
                : Fail<long?>(setting, $"is {number}", number < least ? $"the least is {least}" : $"the most is {most}", null);
        }

        return Fail<long?>(setting, "is no number", $"write {key} = {least}, without a unit", null);
    }

    /// <summary>A number of a key as <see cref="int"/>.</summary>
    public int? Int(string key, int least, int most) => (int?)Number(key, least, most);

    /// <summary>0 is false and any other number true; <c>"True"</c> and <c>"False"</c> are understood too.</summary>
    public bool Flag(string key, bool absent = false) => document.Find(key) switch
    {
        null => absent,
        { Value: ConfigAtom { Text: "True" or "true" } } => true,
        { Value: ConfigAtom { Text: "False" or "false" } } => false,
        _ => Number(key, long.MinValue, long.MaxValue) is { } number ? number != 0 : absent,
    };

    /// <summary>The strings of a list; one string alone counts as a list of one.</summary>
    public IReadOnlyList<ConfigAtom> Texts(string key)
    {
        if (document.Find(key) is not { } setting)
        {
            return [];
        }

        if (setting.Value is ConfigAtom single)
        {
            return [single];
        }

        var atoms = new List<ConfigAtom>();
        foreach (var item in ((ConfigList)setting.Value).Items)
        {
            if (item is ConfigAtom atom)
            {
                atoms.Add(atom);
            }
            else
            {
                document.Report(new ConfigProblem(item.At, $"an item of '{key}' is a list", "write a string"));
            }
        }

        return atoms;
    }

    /// <summary>Reports what is wrong with a value.</summary>
    public void Report(ConfigValue value, string what) => document.Report(new ConfigProblem(value.At, what));

    /// <summary>Reports what is wrong with a key's value; at the beginning of the first line when the key is absent.</summary>
    public void Report(string key, string what, string fix, string file) =>
        document.Report(new ConfigProblem(document.Find(key)?.At ?? new SourcePosition(file, 1, 1), what, fix));

    private static bool TryNumber(string text, out long number)
    {
        bool negative = text.StartsWith('-');
        var digits = text.AsSpan(negative ? 1 : 0);
        bool good;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            good = long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number >= 0;
        }
        else
        {
            good = digits.Length > 1 && digits[0] == '0'
                ? TryOctal(digits[1..], out number)
                : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        }

        number = good && negative ? -number : number;
        return good;
    }

    private static bool TryOctal(ReadOnlySpan<char> digits, out long number)
    {
        number = 0;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7' || number > long.MaxValue / 8)
            {
                return false;
            }

            number = (number * 8) + (digit - '0');
        }

        return true;
    }

    private T Fail<T>(ConfigSetting setting, string what, string fix, T absent)
    {
        document.Report(new ConfigProblem(setting.Value.At, $"'{setting.Key}' {what}", fix));
        return absent;
    }
}
