using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Smp;

/// <summary>
/// Changes of a guest's pages while it runs. What an entry held is given up only when no CPU can remember the translation: a
/// frame that lost its last writable mapping could become a page table next.
/// </summary>
public static class GuestMappings
{
    /// <summary>Maps a frame that the guest may write, whatever the entry was before. EINVAL: no such entry; EBUSY: too many references.</summary>
    public static Result Replace(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<Writable> frame) =>
        Exchange(table, index, frame, PageAccess.Write | PageAccess.Execute);

    /// <summary>Maps a frame that the guest may only read, whatever the entry was before. Errors as <see cref="Replace"/>.</summary>
    public static Result ReplaceReadOnly(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<Untyped> frame) =>
        Exchange(table, index, frame, PageAccess.Execute);

    /// <summary>Empties an entry. EINVAL: no such entry.</summary>
    public static Result Clear(scoped in FrameRef<L1Table> table, int index) => Exchange(table, index, FrameRef<Untyped>.None, PageAccess.Read);

    private static Result Exchange<TType>(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<TType> frame, PageAccess access)
        where TType : struct, IFrameType
    {
        Result result = GuestTables.Exchange(table, index, frame, access, out ulong old);
        if (GuestTables.IsRemembered(old))
        {
            TlbShootdown.Of(FrameTable.Of(table.Mfn).Owner);
            GuestTables.Forget(old);
        }

        return result;
    }
}
