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
    private const ulong Global = 0x100;
    private const ulong Reserved = 0x7ff0_0000_0000_0000;
    private const ulong FrameMask = 0x000f_ffff_ffff_f000;

    internal GuestClaim(ulong value) => Value = value;

    internal bool IsPresent => (Value & Present) != 0;

    internal bool IsWritable => (Value & Writable) != 0;

    internal Mfn Frame => new((Value & FrameMask) >> PageSize.Shift);

    /// <summary>EINVAL: bits 52 to 62, a memory type other than write-back, a large page; and a global table.</summary>
    internal Result Check(int level)
    {
        ulong refused = Reserved | CacheBits | LargeOrPat | (level > L1Table.Level ? Global : 0);
        return IsPresent && (Value & refused) != 0 ? Errno.Inval : Result.Success;
    }
}
