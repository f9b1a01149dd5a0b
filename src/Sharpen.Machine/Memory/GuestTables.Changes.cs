using System.Runtime.CompilerServices;
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
            Mfn next = HostFormat.FrameOf(level, entry);
            if (!IsGuestEntry(level, index) || !HostFormat.IsPresent(level, entry) || next == frame)
            {
                frame = Mfn.Invalid;
                break;
            }

            frame = next;
        }

        return FrameRef<L1Table>.Hold(frame, owner, out table);
    }

    /// <summary>Which entry of its table of level 1 an address has.</summary>
    public static int IndexOf(ulong guestAddress) => PageTables<HostFormat>.IndexAt(L1Table.Level, new HostLinear(guestAddress));

    /// <summary>
    /// Puts another page, or none, into an entry. The old entry's references are still held: they are given up by
    /// <see cref="Forget"/>, when no CPU remembers the translation any more.
    /// </summary>
    /// <returns>EINVAL: no such entry; EBUSY: too many references.</returns>
    internal static Result Exchange<TType>(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<TType> frame, PageAccess access, out ulong old)
        where TType : struct, IFrameType
    {
        old = HostFormat.Empty;
        if (!IsGuestEntry(L1Table.Level, index))
        {
            return Errno.Inval;
        }

        if (!frame.IsHeld)
        {
            old = Swap(table.Mfn, index, HostFormat.Empty);
            return Result.Success;
        }

        if (!frame.Keep().Try(out Errno error))
        {
            return error;
        }

        old = Swap(table.Mfn, index, HostFormat.Leaf(L1Table.Level, frame.Mfn, access | PageAccess.User));
        return Result.Success;
    }

    /// <summary>True when an entry translates, so that CPUs may remember it.</summary>
    internal static bool IsRemembered(ulong entry) => HostFormat.IsPresent(L1Table.Level, entry);

    /// <summary>Gives up what a present entry of level 1 held, if that can be while CPUs remember it: a device, or a frame that its owner keeps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryForget(ulong entry, DomainId owner)
    {
        Mfn frame = HostFormat.FrameOf(L1Table.Level, entry);
        if (!FrameTable.Describes(frame))
        {
            return true;
        }

        ref FrameInfo info = ref FrameTable.Of(frame);
        if (!FrameCounts.IsCounted(ref info))
        {
            return true;
        }

        if (!FrameCounts.IsListed(in info) || info.Owner != owner)
        {
            return false;
        }

        Release(ref info, L1Table.Level, entry);
        return true;
    }

    /// <summary>Gives up what an entry that was exchanged held.</summary>
    internal static void Forget(ulong entry) => Release(Mfn.Invalid, L1Table.Level, entry);
}
