using System;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>The value of <c>dom0_mem</c>: how much memory the control domain starts with, at least, at most.</summary>
public struct Dom0Memory
{
    private const ulong MostKept = 128UL << 20;
    private const int KeptPart = 16;

    /// <summary>What it starts with.</summary>
    public MemoryAmount Initial;

    /// <summary>It gets no less, whatever <see cref="Initial"/> comes to.</summary>
    public MemoryAmount Least;

    /// <summary>It gets no more, now or later.</summary>
    public MemoryAmount Most;

    /// <summary>True when it is to start with a size that no host with so many free pages has.</summary>
    public readonly bool IsBeyond(ulong free) => Initial.IsGiven && !Initial.IsRemainder && Initial.Bytes > free << PageSize.Shift;

    /// <summary>How many pages it may ever have on such a host; 0: as many as it can get.</summary>
    public readonly ulong Limit(ulong free) => Most.IsGiven ? Math.Max(Most.Of(free << PageSize.Shift) >> PageSize.Shift, 1) : 0;

    /// <summary>How many pages it starts with on a host with so many free. Without a word, or with more than there is, all but a sixteenth, of which at most 128 MiB is kept.</summary>
    public readonly ulong Pages(ulong free)
    {
        ulong all = free << PageSize.Shift;
        ulong usual = all - Math.Min(all / KeptPart, MostKept);
        ulong bytes = !Initial.IsGiven || IsBeyond(free) ? usual : Initial.Of(all);
        bytes = Least.IsGiven ? Math.Max(bytes, Least.Of(all)) : bytes;
        bytes = Most.IsGiven ? Math.Min(bytes, Most.Of(all)) : bytes;
        return Math.Min(bytes, all) >> PageSize.Shift;
    }

    /// <summary>Reads a list of <c>min:&lt;amount&gt;</c>, <c>max:&lt;amount&gt;</c>, <c>&lt;amount&gt;</c>.</summary>
    internal static OptionFault Read(ReadOnlySpan<byte> rest, ref Dom0Memory result)
    {
        Dom0Memory memory = default;
        OptionFault fault = OptionFault.None;
        while (fault == OptionFault.None && !rest.IsEmpty)
        {
            ReadOnlySpan<byte> part = OptionText.Take(ref rest, (byte)',');
            fault = part.StartsWith("min:"u8) ? MemoryAmount.Read(part.Slice(4), ref memory.Least)
                : part.StartsWith("max:"u8) ? MemoryAmount.Read(part.Slice(4), ref memory.Most)
                : MemoryAmount.Read(part, ref memory.Initial);
        }

        result = fault == OptionFault.None ? memory : result;
        return fault;
    }
}
