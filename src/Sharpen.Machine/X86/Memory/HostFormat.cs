using System.Runtime.CompilerServices;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Memory;

/// <summary>Page-table entries of x86-64 with four levels.</summary>
/// <remarks>Source: AMD64 Architecture Programmer's Manual volume 2, sections 5.3 and 5.4.</remarks>
internal readonly struct HostFormat : IPageTableFormat
{
    internal struct FormatState
    {
        /// <summary>Bit 63 if this CPU has no-execute, else 0: reserved bits fault.</summary>
        internal ulong NoExecute;
        internal bool HasHuge;
    }

    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong UserBit = 4;
    private const ulong WriteThrough = 8;
    private const ulong CacheDisable = 0x10;
    private const ulong AccessedAndDirty = 0x60;
    private const ulong LargePage = 0x80;
    private const ulong GlobalPage = 0x100;
    private const ulong NoExecuteBit = 1UL << 63;
    private const ulong FrameMask = 0x000f_ffff_ffff_f000;

    /// <summary>What a change of entry may change without a frame being used otherwise: notes, and bits that are the guest's own.</summary>
    private const ulong FreeBits = AccessedAndDirty | 0x7ff0_0000_0000_0e00;

    private const uint ExtendedFeatures = 0x8000_0001;
    private const int HugePagesBit = 26;
    private const int NoExecuteFeatureBit = 20;

    public static int Levels => 4;

    public static ulong Empty => 0;

    /// <summary>Looks at what this CPU can do. Before the first entry is made.</summary>
    internal static void Initialise()
    {
        ref FormatState state = ref Root.Of<FormatState>();
        ulong features = Cpuid.Query(ExtendedFeatures).Edx;
        state.NoExecute = (features & (1UL << NoExecuteFeatureBit)) != 0 ? NoExecuteBit : 0;
        state.HasHuge = (features & (1UL << HugePagesBit)) != 0;
    }

    public static bool CanMapAt(int level) => level < 3 || (level == 3 && Root.Of<FormatState>().HasHuge);

    public static ulong Leaf(int level, Mfn frame, PageAccess access)
    {
        ulong entry = Present | AccessedAndDirty | (frame.Value << PageSize.Shift) | Flags(access);
        if ((access & PageAccess.Execute) == 0)
        {
            entry |= Root.Of<FormatState>().NoExecute;
        }

        return level > 1 ? entry | LargePage : entry;
    }

    public static ulong Table(int level, Mfn table, PageAccess access) =>
        Present | AccessedAndDirty | (table.Value << PageSize.Shift) | Flags(access);

    public static bool IsPresent(int level, ulong entry) => (entry & Present) != 0;

    public static bool IsLeaf(int level, ulong entry) => level == 1 || (entry & LargePage) != 0;

    public static Mfn FrameOf(int level, ulong entry) => new((entry & FrameMask) >> PageSize.Shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PageAccess AccessOf(int level, ulong entry)
    {
        PageAccess access = (entry & NoExecuteBit) == 0 ? PageAccess.Execute : PageAccess.Read;
        access |= (entry & Writable) != 0 ? PageAccess.Write : PageAccess.Read;
        access |= (entry & UserBit) != 0 ? PageAccess.User : PageAccess.Read;
        return (entry & CacheDisable) != 0 ? access | PageAccess.Uncached : access;
    }

    /// <summary>The entry that is stored for one that a guest asks for: guests run in ring 3, and nothing of theirs is global.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FromGuest(int level, ulong claim)
    {
        if ((claim & Present) == 0)
        {
            return claim;
        }

        ulong entry = (claim | UserBit) & ~GlobalPage;
        return Root.Of<FormatState>().NoExecute == 0 ? entry & ~NoExecuteBit : entry;
    }

    /// <summary>True when a present entry allows writing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsWritable(int level, ulong entry) => (entry & Writable) != 0;

    /// <summary>True when an entry leads where a present one does, with no right less: whoever still uses the old one cannot go wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool KeepsRights(int level, ulong old, ulong entry) =>
        ((old ^ entry) & FrameMask) == 0 && (entry & Present) != 0 && (((old & ~entry) & (Writable | CacheDisable)) | (entry & ~old & NoExecuteBit)) == 0;

    /// <summary>Entries of a table that are looked at together.</summary>
    internal const int RunEntries = 8;

    /// <summary>Takes over a run that a guest wrote, if no entry of it translates. False: nothing is changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe bool TryAdmitAbsent(ulong* run) =>
        ((run[0] | run[1] | run[2] | run[3] | run[4] | run[5] | run[6] | run[7]) & Present) == 0;

    /// <summary>Leaves a run as the guest reads it, if no entry of it translates. False: nothing is changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe bool TryRevealAbsent(ulong* run) => TryAdmitAbsent(run);

    /// <summary>The entry as the guest reads it.</summary>
    public static ulong ToGuest(int level, ulong entry) => entry;

    /// <summary>True when a present entry and another differ in nothing but what the CPU notes and what it ignores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsSameUse(ulong old, ulong entry) => (old & Present) != 0 && ((old ^ entry) & ~FreeBits) == 0;

    /// <summary>An entry with what the CPU has noted in another.</summary>
    public static ulong KeepNotes(ulong entry, ulong noted) => entry | (noted & AccessedAndDirty);

    private static ulong Flags(PageAccess access)
    {
        ulong flags = (access & PageAccess.Write) != 0 ? Writable : 0;
        flags |= (access & PageAccess.User) != 0 ? UserBit : 0;
        return (access & PageAccess.Uncached) != 0 ? flags | CacheDisable | WriteThrough : flags;
    }
}
