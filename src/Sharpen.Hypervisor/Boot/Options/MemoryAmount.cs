using System;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>An amount of memory as <c>dom0_mem</c> takes it: bytes, or all but so many bytes, or a share of all. All zero: not given.</summary>
public struct MemoryAmount
{
    private const ulong Percent = 100;

    /// <summary>In bytes.</summary>
    public ulong Bytes;

    /// <summary><see cref="Bytes"/> is what is left over, not what is taken.</summary>
    public bool IsRemainder;

    /// <summary>In hundredths of all memory, on top of <see cref="Bytes"/>.</summary>
    public uint Share;

    /// <summary>It was given.</summary>
    public readonly bool IsGiven => Bytes != 0 || Share != 0;

    /// <summary>The bytes that are meant on a host with so many.</summary>
    public readonly ulong Of(ulong all)
    {
        ulong share = (all / Percent * Share) + (all % Percent * Share / Percent);
        ulong bytes = IsRemainder ? all - Math.Min(all, Bytes) : Bytes;
        return Math.Min(bytes, ulong.MaxValue - share) + share;
    }

    /// <summary>Reads <c>[-]&lt;size&gt;</c>, <c>&lt;percent&gt;%</c>, or <c>&lt;size&gt;+&lt;percent&gt;%</c>.</summary>
    internal static OptionFault Read(ReadOnlySpan<byte> text, ref MemoryAmount result)
    {
        MemoryAmount amount = default;
        amount.IsRemainder = text.StartsWith("-"u8);
        ReadOnlySpan<byte> rest = amount.IsRemainder ? text.Slice(1) : text;
        OptionFault fault = OptionFault.None;
        if (rest.IsEmpty || rest[rest.Length - 1] != (byte)'%' || rest.IndexOf((byte)'+') >= 0)
        {
            fault = new OptionText(OptionText.Take(ref rest, (byte)'+'), true, false).ReadSize(ref amount.Bytes);
        }

        if (fault == OptionFault.None && !rest.IsEmpty && rest[rest.Length - 1] == (byte)'%')
        {
            ulong share = 0;
            fault = new OptionText(rest.Slice(0, rest.Length - 1), true, false).ReadNumber(1, Percent - 1, ref share);
            amount.Share = (uint)share;
        }

        result = fault == OptionFault.None ? amount : result;
        return fault;
    }
}
