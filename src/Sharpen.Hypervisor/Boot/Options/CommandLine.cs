using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>
/// The hypervisor's command line: words apart by blanks, each <c>name</c>, <c>name=value</c> or <c>no-name</c>. A word that is unknown or
/// malformed is reported with its column and ignored; of a word that is repeated the last counts; <c>--</c> ends the line.
/// </summary>
public static class CommandLine
{
    private const int MaxWords = 256;

    /// <summary>What was asked for at this start.</summary>
    public static ref HostOptions Options => ref Root.Of<HostOptions>();

    /// <summary>Reads a line into options.</summary>
    /// <returns>How many words were ignored.</returns>
    public static int Read(ReadOnlySpan<byte> line, ref HostOptions options)
    {
        int ignored = 0;
        int at = 0;
        for (int words = 0; words < MaxWords && TryWord(line, ref at, out int start); words++)
        {
            ReadOnlySpan<byte> word = line.Slice(start, at - start);
            if (word.SequenceEqual("--"u8))
            {
                return ignored;
            }

            OptionFault fault = ReadWord(word, ref options, out ReadOnlySpan<byte> name);
            if (fault != OptionFault.None)
            {
                ignored++;
                Report(start + 1, fault, word, name);
            }
        }

        return ignored;
    }

    private static OptionFault ReadWord(ReadOnlySpan<byte> word, ref HostOptions options, out ReadOnlySpan<byte> name)
    {
        int equals = word.IndexOf((byte)'=');
        ReadOnlySpan<byte> value = equals < 0 ? default : word.Slice(equals + 1);
        name = equals < 0 ? word : word.Slice(0, equals);
        bool isNegated = name.StartsWith("no-"u8);
        name = isNegated ? name.Slice(3) : name;
        OptionId id = OptionTable.Find(name);
        return id == OptionId.Count ? OptionFault.Unknown : OptionReader.Apply(id, new OptionText(value, equals >= 0, isNegated), ref options);
    }

    private static bool TryWord(ReadOnlySpan<byte> line, ref int at, out int start)
    {
        while (at < line.Length && IsBlank(line[at]))
        {
            at++;
        }

        start = at;
        while (at < line.Length && !IsBlank(line[at]))
        {
            at++;
        }

        return at > start;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static void Report(int column, OptionFault fault, ReadOnlySpan<byte> word, ReadOnlySpan<byte> name)
    {
        OptionId similar = fault == OptionFault.Unknown ? OptionTable.FindSimilar(name) : OptionId.Count;
        if (similar != OptionId.Count)
        {
            Log.Warning($"command line:{column}: '{word}' {Describe(fault)}, did you mean '{OptionTable.Row(similar).Name}'? Ignored");
        }
        else
        {
            Log.Warning($"command line:{column}: '{word}' {Describe(fault)}. Ignored");
        }
    }

    private static string Describe(OptionFault fault) => fault switch
    {
        OptionFault.Unknown => "is unknown",
        OptionFault.NeedsValue => "needs a value",
        OptionFault.NotASwitch => "cannot be switched off",
        OptionFault.NotABoolean => "is neither yes nor no",
        OptionFault.NotANumber => "is not a number",
        OptionFault.OutOfRange => "is too small or too large",
        _ => "is none of the possible values",
    };
}
