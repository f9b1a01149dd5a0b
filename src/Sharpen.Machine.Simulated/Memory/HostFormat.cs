using System;

namespace Sharpen.Machine.Memory;

/// <summary>
/// Pretend page-table entries, as unlike the real ones as they can be: empty is not zero, the frame number is inverted and
/// stands high, the flags move with the level, permissions are denials, and no entry of level 3 maps memory.
/// </summary>
internal readonly struct HostFormat : IPageTableFormat
{
    private const ulong FrameMask = 0xffff_ffff;
    private const int FrameShift = 27;
    private const ulong Absent = 0x5a;

    public static int Levels => 4;

    public static ulong Empty => 0xdead_0000_0000_005a;

    public static bool CanMapAt(int level) => level < 3;

    public static ulong Leaf(int level, Mfn frame, PageAccess access) => Encode(level, frame, access, isLeaf: true);

    public static ulong Table(int level, Mfn table, PageAccess access) => Encode(level, table, access, isLeaf: false);

    public static bool IsPresent(int level, ulong entry) => (entry & 0xff) == Tag(level);

    public static bool IsLeaf(int level, ulong entry) => ((entry >> (16 + level)) & 1) == 0;

    public static Mfn FrameOf(int level, ulong entry) => new((entry >> FrameShift) & FrameMask ^ FrameMask);

    public static PageAccess AccessOf(int level, ulong entry) => (PageAccess)((entry >> (8 + (level & 1))) & 0xf ^ 0xf);

    /// <summary>What a guest asks for arrives in the real encoding; accessed, dirty and the guest's own bits are kept above the frame.</summary>
    public static ulong FromGuest(int level, ulong claim)
    {
        if ((claim & 1) == 0)
        {
            return Empty;
        }

        PageAccess access = PageAccess.User | (PageAccess)((claim >> 1) & 1) | ((claim >> 63) == 0 ? PageAccess.Execute : PageAccess.Read);
        Mfn frame = new((claim & 0x000f_ffff_ffff_f000) >> PageSize.Shift);
        return Encode(level, frame, access, isLeaf: level == 1) | (((claim >> 5) & 3) << 59) | (((claim >> 9) & 7) << 61)
            | (((claim >> 3) & 3) << 21) | (((claim >> 7) & 1) << 23);
    }

    /// <summary>True when a present entry allows writing.</summary>
    internal static bool IsWritable(int level, ulong entry) => (AccessOf(level, entry) & PageAccess.Write) != 0;

    /// <summary>True when an entry leads where a present one does, with no right less: whoever still uses the old one cannot go wrong.</summary>
    internal static bool KeepsRights(int level, ulong old, ulong entry) =>
        IsPresent(level, entry) && FrameOf(level, old) == FrameOf(level, entry) && (AccessOf(level, old) & ~AccessOf(level, entry)) == 0;

    /// <summary>Entries of a table that are looked at together.</summary>
    internal const int RunEntries = 4;

    /// <summary>Takes over a run that a guest wrote, if no entry of it translates. False: nothing is changed.</summary>
    internal static unsafe bool TryAdmitAbsent(ulong* run)
    {
        if (((run[0] | run[1] | run[2] | run[3]) & 1) != 0)
        {
            return false;
        }

        new Span<ulong>(run, RunEntries).Fill(Empty);
        return true;
    }

    /// <summary>Leaves a run as the guest reads it, if no entry of it translates. False: nothing is changed.</summary>
    internal static unsafe bool TryRevealAbsent(ulong* run)
    {
        Span<ulong> entries = new(run, RunEntries);
        if (entries.ContainsAnyExcept(Empty))
        {
            return false;
        }

        entries.Clear();
        return true;
    }

    /// <summary>The entry in the real encoding.</summary>
    public static ulong ToGuest(int level, ulong entry)
    {
        if (!IsPresent(level, entry))
        {
            return 0;
        }

        PageAccess access = AccessOf(level, entry);
        ulong claim = 1 | 4 | (FrameOf(level, entry).Value << PageSize.Shift) | (((entry >> 59) & 3) << 5) | ((entry >> 61) << 9)
            | (((entry >> 21) & 3) << 3) | (((entry >> 23) & 1) << 7);
        claim |= (access & PageAccess.Write) != 0 ? 2UL : 0;
        return (access & PageAccess.Execute) == 0 ? claim | (1UL << 63) : claim;
    }

    /// <summary>True when a present entry of level 1 and another differ in nothing but what the CPU notes and what it ignores.</summary>
    internal static bool IsSameUse(ulong old, ulong entry) => IsPresent(1, old) && ((old ^ entry) & ~(31UL << 59)) == 0;

    /// <summary>An entry with what the CPU has noted in another.</summary>
    public static ulong KeepNotes(ulong entry, ulong noted) => entry == Empty ? entry : entry | (noted & (3UL << 59));

    private static ulong Encode(int level, Mfn frame, PageAccess access, bool isLeaf)
    {
        ulong flags = ((ulong)access ^ 0xf) << (8 + (level & 1));
        ulong kind = isLeaf ? 0UL : 1UL << (16 + level);
        return Tag(level) | flags | kind | ((frame.Value & FrameMask ^ FrameMask) << FrameShift);
    }

    /// <summary>Says that the entry translates, and at which level: an entry read at the wrong level is absent.</summary>
    private static ulong Tag(int level) => Absent + (ulong)level;
}
