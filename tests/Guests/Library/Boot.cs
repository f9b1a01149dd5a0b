using System;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>What the builder told.</summary>
internal static unsafe class Boot
{
    /// <summary>The start-of-day page.</summary>
    internal static StartInfo* Info;

    /// <summary>The command line, up to its end.</summary>
    internal static ReadOnlySpan<byte> CommandLine
    {
        get
        {
            ReadOnlySpan<byte> all = new(&Info->CommandLine, 1024);
            int end = all.IndexOf((byte)0);
            return all.Slice(0, end < 0 ? all.Length : end);
        }
    }

    /// <summary>The number after <c>key=</c> on the command line, or a default.</summary>
    internal static ulong Number(ReadOnlySpan<byte> key, ulong otherwise)
    {
        ReadOnlySpan<byte> line = CommandLine;
        for (int i = 0; i + key.Length < line.Length; i++)
        {
            if (line.Slice(i).StartsWith(key) && (i == 0 || line[i - 1] == (byte)' '))
            {
                return Digits(line.Slice(i + key.Length));
            }
        }

        return otherwise;
    }

    private static ulong Digits(ReadOnlySpan<byte> text)
    {
        ulong value = 0;
        for (int i = 0; i < text.Length && i < 18 && text[i] >= (byte)'0' && text[i] <= (byte)'9'; i++)
        {
            value = (value * 10) + (ulong)(text[i] - (byte)'0');
        }

        return value;
    }
}
