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

    private static ulong Encode(int level, Mfn frame, PageAccess access, bool isLeaf)
    {
        ulong flags = ((ulong)access ^ 0xf) << (8 + (level & 1));
        ulong kind = isLeaf ? 0UL : 1UL << (16 + level);
        return Tag(level) | flags | kind | ((frame.Value & FrameMask ^ FrameMask) << FrameShift);
    }

    /// <summary>Says that the entry translates, and at which level: an entry read at the wrong level is absent.</summary>
    private static ulong Tag(int level) => Absent + (ulong)level;
}
