using System;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>How far two words are from each other.</summary>
internal static class Spelling
{
    private const int Longest = Fixed32<byte>.Length - 1;

    /// <summary>Letters to insert, remove or replace to make one word of the other; a large number for words too long to be compared.</summary>
    internal static int Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length > Longest || right.Length > Longest)
        {
            return int.MaxValue;
        }

        Fixed32<byte> row = default;
        for (int i = 0; i <= right.Length; i++)
        {
            row[i] = (byte)i;
        }

        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = (byte)(i + 1);
            for (int j = 0; j < right.Length; j++)
            {
                int replaced = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = (byte)Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[right.Length];
    }
}
