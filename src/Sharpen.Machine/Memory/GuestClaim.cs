using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// An entry of a page table as a guest wrote or passed it, in the encoding of the processor. Nothing about it is known to be true.
/// </summary>
/// <remarks>Source: AMD64 Architecture Programmer's Manual volume 2, section 5.4; the comment on <c>mmu_update</c> in <c>xen.h</c>.</remarks>
internal readonly struct GuestClaim
{
    internal readonly ulong Value;

    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong CacheBits = 0x18;
    private const ulong LargeOrPat = 0x80;
    private const ulong AllCacheBits = CacheBits | LargeOrPat;
    private const ulong Global = 0x100;
    private const ulong WriteThrough = 8;
    private const ulong CacheDisable = 0x10;
    private const ulong FrameMask = 0x000f_ffff_ffff_f000;

    internal GuestClaim(ulong value) => Value = value;

    internal bool IsPresent => (Value & Present) != 0;

    internal bool IsWritable => (Value & Writable) != 0;

    internal Mfn Frame => new((Value & FrameMask) >> PageSize.Shift);

    /// <summary>The same without the right to write.</summary>
    internal GuestClaim ReadOnly => new(Value & ~Writable);

    /// <summary>
    /// True for an entry by which a table of level 2 to 4 leads to itself, so that its guest can read all tables below it; it may not
    /// write them. Such an entry holds nothing: the table stays one for as long as it has contents.
    /// </summary>
    internal bool IsLinear(int level, Mfn table) =>
        level > L1Table.Level && IsPresent && !IsWritable && Frame == table && Check(level, choosesCaching: false).Try(out _);

    /// <summary>
    /// True for an entry by which a table of level 2 to 4 could lead to another of its own level: read-only, as <see cref="IsLinear"/>. Whether
    /// there is such a table <see cref="GuestTables"/> finds out.
    /// </summary>
    internal bool MayLeadAcross(int level, Mfn table) =>
        level > L1Table.Level && IsPresent && !IsWritable && Frame != table && Check(level, choosesCaching: false).Try(out _);

    /// <summary>For a device: what would cache it does not; uncached and write-combining stay.</summary>
    internal GuestClaim ForDevice
    {
        get
        {
            ulong type = Value & AllCacheBits;
            return type is 0 or WriteThrough or (LargeOrPat | WriteThrough) ? new((Value & ~AllCacheBits) | WriteThrough | CacheDisable) : this;
        }
    }

    /// <summary>Bits that a present entry of level 1 may not have.</summary>
    /// <param name="choosesCaching">True: pages may have any memory type.</param>
    internal static ulong RefusedInLeaf(bool choosesCaching) => choosesCaching ? 0 : AllCacheBits;

    /// <summary>True for a present entry with none of these bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsPresentWithout(ulong refused) => (Value & (refused | Present)) == Present;

    /// <summary>EINVAL: a large page, a global table, a memory type other than write-back.</summary>
    /// <param name="level">Of the table that the entry is for.</param>
    /// <param name="choosesCaching">True: pages may have any memory type.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Result Check(int level, bool choosesCaching)
    {
        ulong refused = level > L1Table.Level ? AllCacheBits | Global : choosesCaching ? 0 : AllCacheBits;
        return IsPresent && (Value & refused) != 0 ? Errno.Inval : Result.Success;
    }
}
