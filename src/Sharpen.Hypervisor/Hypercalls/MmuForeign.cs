using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Whose memory a call about page tables is about: whose tables, and whose pages they may lead to. Source: the comment on <c>mmu_update</c> in <c>xen.h</c>.</summary>
internal readonly struct MmuForeign
{
    private const int TablesShift = 16;

    /// <summary>Whose tables: the caller's own, or another domain's that it controls.</summary>
    internal readonly DomainId Tables;

    /// <summary>Whose pages: the caller's own, another domain's, or one of the reserved ids for devices and for the hypervisor.</summary>
    internal readonly DomainId Pages;

    /// <summary>True when entries may lead to devices too.</summary>
    internal readonly bool HasDevices;

    private MmuForeign(DomainId tables, DomainId pages, bool hasDevices)
    {
        Tables = tables;
        Pages = pages;
        HasDevices = hasDevices;
    }

    /// <summary>The caller's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static MmuForeign Own(ref Domain own) => new(own.Id, own.Id, hasDevices: true);

    /// <summary>
    /// The last argument: the owner of pages below, of page tables (plus one, or zero for the caller) above. ESRCH: there is no such
    /// domain, or a caller names itself as the foreigner; EPERM: not for this caller.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Result Decode(ref Domain own, ulong argument, out MmuForeign foreign)
    {
        if (unchecked((uint)argument) == DomainId.Self.Value)
        {
            foreign = Own(ref own);
            return Result.Success;
        }

        return DecodeNamed(ref own, unchecked((uint)argument), out foreign);
    }

    private static Result DecodeNamed(ref Domain own, uint who, out MmuForeign foreign)
    {
        uint tables = who >> TablesShift;
        foreign = default;
        DomainId pages = new((ushort)(who & ushort.MaxValue));
        if (tables == 0 || tables - 1 == own.Id.Value)
        {
            return Decode(ref own, pages, out foreign);
        }

        ref Domain other = ref DomainList.Find(new DomainId((ushort)(tables - 1)));
        if (Refs.IsNull(ref other))
        {
            return Errno.Srch;
        }

        Result decoded = own.IsPrivileged ? Decode(ref own, pages, out foreign) : Errno.Perm;
        foreign = new MmuForeign(other.Id, pages == DomainId.Self ? other.Id : foreign.Pages, foreign.HasDevices);
        return decoded;
    }

    /// <summary>The same for a call that names the owner of pages only.</summary>
    internal static Result Decode(ref Domain own, DomainId pages, out MmuForeign foreign)
    {
        foreign = new MmuForeign(own.Id, own.Id, hasDevices: true);
        if (pages == DomainId.Self)
        {
            return Result.Success;
        }

        bool isIo = pages.Value == (ushort)ReservedDomain.Io;
        bool isHost = pages.Value == (ushort)ReservedDomain.Xen;
        ref Domain other = ref DomainList.Find(pages);
        if (pages == own.Id || (!isIo && !isHost && Refs.IsNull(ref other)))
        {
            return Errno.Srch;
        }

        // A device is mapped by the right of the pages' owner: the caller's own for the id that stands for devices.
        foreign = new MmuForeign(own.Id, pages, isIo || (!isHost && other.IsHardware));
        return isIo || own.IsPrivileged ? Result.Success : Errno.Perm;
    }
}
