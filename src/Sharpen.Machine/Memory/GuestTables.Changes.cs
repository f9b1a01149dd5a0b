using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Changes of entries that are in use, by the guest that runs on them on this CPU.</summary>
public static unsafe partial class GuestTables
{
    /// <summary>The table of level 1 that maps an address below a root. EINVAL: there is none.</summary>
    public static Result FindL1(scoped in FrameRef<L4Table> root, ulong guestAddress, DomainId owner, out FrameRef<L1Table> table)
    {
        HostLinear address = new(guestAddress);
        Mfn frame = root.Mfn;
        for (int level = L4Table.Level; level > L1Table.Level; level--)
        {
            int index = PageTables<HostFormat>.IndexAt(level, address);
            ulong entry = Read(frame, index);
            if (!IsGuestEntry(level, index) || !HostFormat.IsPresent(level, entry))
            {
                frame = Mfn.Invalid;
                break;
            }

            frame = HostFormat.FrameOf(level, entry);
        }

        return FrameRef<L1Table>.Hold(frame, owner, out table);
    }

    /// <summary>Which entry of its table of level 1 an address has.</summary>
    public static int IndexOf(ulong guestAddress) => PageTables<HostFormat>.IndexAt(L1Table.Level, new HostLinear(guestAddress));

    /// <summary>Maps a frame that the guest may write, whatever the entry was before. EINVAL: no such entry; EBUSY: too many references.</summary>
    /// <remarks>Safety: only this CPU may run on the table (one vCPU), so forgetting the old translation here is enough before the old frame is given up.</remarks>
    public static Result Replace(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<Writable> frame, ulong guestAddress) =>
        Exchange(table, index, frame, PageAccess.Write | PageAccess.Execute | PageAccess.User, guestAddress);

    /// <summary>Maps a frame that the guest may only read, whatever the entry was before. Errors as the other.</summary>
    public static Result ReplaceReadOnly(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<Untyped> frame, ulong guestAddress) =>
        Exchange(table, index, frame, PageAccess.Execute | PageAccess.User, guestAddress);

    /// <summary>Empties an entry. EINVAL: no such entry.</summary>
    public static Result Clear(scoped in FrameRef<L1Table> table, int index, ulong guestAddress)
    {
        if (!IsGuestEntry(L1Table.Level, index))
        {
            return Errno.Inval;
        }

        Swap(table.Mfn, index, HostFormat.Empty, guestAddress);
        return Result.Success;
    }

    private static Result Exchange<TType>(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<TType> frame, PageAccess access, ulong guestAddress)
        where TType : struct, IFrameType
    {
        if (!IsGuestEntry(L1Table.Level, index))
        {
            return Errno.Inval;
        }

        if (!frame.Keep().Try(out Errno error))
        {
            return error;
        }

        Swap(table.Mfn, index, HostFormat.Leaf(L1Table.Level, frame.Mfn, access), guestAddress);
        return Result.Success;
    }

    // The order matters: the old frame may be used otherwise only when no translation leads to it any more.
    private static void Swap(Mfn table, int index, ulong entry, ulong guestAddress)
    {
        byte* start = View(table);
        ulong old = System.Threading.Interlocked.Exchange(ref ((ulong*)start)[index], entry);
        EndView(table, start);
        TranslationCache.FlushLocal(new HostLinear(guestAddress));
        Release(L1Table.Level, old);
    }
}
