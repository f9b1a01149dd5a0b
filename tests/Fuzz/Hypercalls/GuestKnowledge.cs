using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;
using Sharpen.Simulation.Core;
using Sharpen.Simulation.Seeds;

namespace Sharpen.Fuzz.Hypercalls;

/// <summary>What a hostile kernel knows of itself, and the numbers that it tries: mostly ones that mean something, or nearly.</summary>
internal sealed class GuestKnowledge(SeededRandom random)
{
    /// <summary>The first page for arguments; what they point to lies in the next.</summary>
    public const ulong Scratch = KernelFile.Base + (900UL << PageSize.Shift);

    private const int ScratchPages = 64;

    private static readonly ulong[] s_edges =
    [
        0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 511, 512, 1023, 1024, 4095, 4096, 4097, 0x7fff, 0x8000, 0xffff, 0x10000, 0x1ffff, 0x20000,
        0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000, 0x7fff_ffff_ffff, 0x8000_0000_0000, 0xffff_7fff_ffff_ffff, 0xffff_8000_0000_0000,
        0xffff_87ff_ffff_fff8, 0xffff_8800_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, ulong.MaxValue, ulong.MaxValue - 7,
    ];

    private static readonly ulong[] s_flags = [0x67, 0x65, 0x63, 0x61, 0x27, 0xe7, 0x167, 1, 0x8000_0000_0000_0067, 0x77, 0x6f, 0x0];

    private readonly List<ulong> _frames = [];
    private readonly List<ulong> _tables = [];

    /// <summary>Its frames, in the order in which it got them.</summary>
    public IReadOnlyList<ulong> Frames => _frames;

    /// <summary>Learns what a domain begins with.</summary>
    public void Learn(ref Domain domain)
    {
        _frames.Clear();
        _tables.Clear();
        for (Mfn frame = domain.Memory.First; !frame.IsInvalid; frame = DomainFrames.After(frame))
        {
            _frames.Add(frame.Value);
            if (FrameCounts.HasContents(in FrameTable.Of(frame)))
            {
                _tables.Add(frame.Value);
            }
        }
    }

    /// <summary>An address of the arguments, or near it.</summary>
    public ulong Address() => Scratch + ((ulong)random.Below(ScratchPages) << PageSize.Shift) + (random.OneIn(2) ? 0 : random.Below(512UL) * 8);

    /// <summary>A number that suits a field's name, as often as not.</summary>
    public ulong For(FieldPlace place)
    {
        if (random.OneIn(6))
        {
            return Any();
        }

        if (place.Type.IsEnum)
        {
            Array values = Enum.GetValuesAsUnderlyingType(place.Type);
            return values.Length == 0 ? Any() : unchecked((ulong)Convert.ToInt64(values.GetValue(random.Below(values.Length))!)) | (random.OneIn(4) ? Small() : 0);
        }

        return place.Name switch
        {
            string name when name.Contains("Domain", StringComparison.Ordinal) => DomainNumber(),
            string name when name.Contains("Frame", StringComparison.Ordinal) && place.Bytes >= 4 => Frame(),
            string name when name.Contains("Address", StringComparison.Ordinal) || name.Contains("List", StringComparison.Ordinal) => random.OneIn(2) ? Place() : Address(),
            string name when name.Contains("Offset", StringComparison.Ordinal) || name.Contains("Length", StringComparison.Ordinal) => random.OneIn(2) ? Small() * 8 : 4096 - Small(),
            "Value" => Entry(),
            "First" or "Second" when place.Bytes == 8 => Frame(),
            _ when place.Bytes < 8 => Small(),
            _ => Any(),
        };
    }

    /// <summary>Any number at all.</summary>
    public ulong Any() => random.Below(10) switch
    {
        0 => Small(),
        1 => s_edges[random.Below(s_edges.Length)],
        2 => Address(),
        3 => Frame(),
        4 => Entry(),
        5 => Place(),
        6 => DomainNumber(),
        7 => KernelFile.Base + (random.Below(1100UL) << PageSize.Shift),
        8 => 1UL << random.Below(64),
        _ => random.Next(),
    };

    /// <summary>An entry of a page table.</summary>
    public ulong Entry() => (Frame() << PageSize.Shift) | s_flags[random.Below(s_flags.Length)];

    /// <summary>A frame: its own, a table, somebody's, ours, or none.</summary>
    public ulong Frame() => random.Below(8) switch
    {
        < 4 when _frames.Count != 0 => _frames[random.Below(_frames.Count)],
        4 or 5 when _tables.Count != 0 => _tables[random.Below(_tables.Count)],
        6 => 0x7_0000 + random.Below(0x4200UL),
        _ => random.Below(0x8_0000UL),
    };

    /// <summary>A small number.</summary>
    public ulong Small() => random.Below(random.OneIn(4) ? 64UL : 10UL);

    /// <summary>Where an entry of its tables lies.</summary>
    private ulong Place() =>
        _tables.Count == 0 ? Any() : (_tables[random.Below(_tables.Count)] << PageSize.Shift) + (random.Below(512UL) * 8) + (random.OneIn(8) ? random.Below(8UL) : 0);

    private ulong DomainNumber() => random.Below(3) switch
    {
        0 => (ulong)ReservedDomain.Self,
        1 => random.Below(4UL),
        _ => (ulong)ReservedDomain.FirstReserved + random.Below(16UL),
    };
}
