using System;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>What a boot module's line says about the guest that is in it: <c>name= memory= weight= vcpus= hardware</c> after the file's name.</summary>
internal ref struct GuestOptions
{
    private const ulong DefaultMemory = 32UL << 20;
    private const ulong MostMemory = 1UL << 40;
    private const int MostDigits = 12;

    /// <summary>For people.</summary>
    internal ReadOnlySpan<byte> Name;

    /// <summary>In bytes; a suffix of K, M or G was understood, M is meant without.</summary>
    internal ulong Memory;

    /// <summary>Its share of CPU time.</summary>
    internal int Weight;

    /// <summary>How many vCPUs it may bring up; 1 unless said.</summary>
    internal int Vcpus;

    /// <summary>It stands for the host: when it stops, the host does.</summary>
    internal bool IsHardware;

    /// <summary>What could not be understood, or empty: an unknown word is the guest's own business, a bad value is not.</summary>
    internal ReadOnlySpan<byte> Malformed;

    /// <summary>Reads a line.</summary>
    internal static GuestOptions Parse(ReadOnlySpan<byte> line)
    {
        GuestOptions options = default;
        options.Memory = DefaultMemory;
        options.Weight = 256;
        options.Vcpus = 1;
        options.Name = "guest"u8;
        while (!line.IsEmpty)
        {
            int end = line.IndexOf((byte)' ');
            ReadOnlySpan<byte> word = end < 0 ? line : line.Slice(0, end);
            line = end < 0 ? default : line.Slice(end + 1);
            options.Take(word);
        }

        return options;
    }

    private void Take(ReadOnlySpan<byte> word)
    {
        if (word.StartsWith("name="u8))
        {
            Name = word.Slice(5);
        }
        else if (word.StartsWith("memory="u8))
        {
            if (TryBytes(word.Slice(7), out ulong bytes))
            {
                Memory = bytes;
            }
            else
            {
                Malformed = word;
            }
        }
        else if (word.StartsWith("weight="u8))
        {
            if (TryNumber(word.Slice(7), out ulong weight, out ReadOnlySpan<byte> rest) && rest.IsEmpty && weight is > 0 and <= 65535)
            {
                Weight = (int)weight;
            }
            else
            {
                Malformed = word;
            }
        }
        else if (word.SequenceEqual("hardware"u8))
        {
            IsHardware = true;
        }
        else if (word.StartsWith("vcpus="u8))
        {
            if (TryNumber(word.Slice(6), out ulong vcpus, out ReadOnlySpan<byte> rest) && rest.IsEmpty && vcpus is > 0 and <= Domain.MaxVcpus)
            {
                Vcpus = (int)vcpus;
            }
            else
            {
                Malformed = word;
            }
        }
    }

    private static bool TryBytes(ReadOnlySpan<byte> text, out ulong bytes)
    {
        bool isNumber = TryNumber(text, out bytes, out ReadOnlySpan<byte> unit);
        int shift = unit.IsEmpty ? 20 : unit.Length > 1 ? -1 : (unit[0] | 0x20) switch
        {
            'k' => 10,
            'm' => 20,
            'g' => 30,
            _ => -1,
        };
        if (!isNumber || shift < 0 || bytes == 0 || bytes > MostMemory >> shift)
        {
            return false;
        }

        bytes <<= shift;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out ulong value, out ReadOnlySpan<byte> rest)
    {
        value = 0;
        int digits = 0;
        while (digits < text.Length && digits < MostDigits && text[digits] is >= (byte)'0' and <= (byte)'9')
        {
            value = (value * 10) + (ulong)(uint)(text[digits] - '0');
            digits++;
        }

        rest = text.Slice(digits);
        return digits != 0;
    }
}
