using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// The two words of a frame that say whether it may be freed and as what it may be used. General references keep the frame
/// from being freed; type references keep its type from changing. The last general reference frees the frame.
/// </summary>
/// <remarks>
/// The words change by compare-and-exchange only, so every transition is decided on what it replaces. A table's type is entered
/// only through <see cref="TryBecomeTable"/>, stays while the table has contents, and the contents hold a general reference on
/// the table itself: a page table cannot be freed, or become writable, before its entries have been given up.
/// </remarks>
internal static class FrameCounts
{
    /// <summary>In the count: the frame is on its domain's list, which holds one reference.</summary>
    internal const ulong Listed = 1UL << 63;

    /// <summary>In the count: the guest has pinned the table, which holds one reference of each kind.</summary>
    internal const ulong Pinned = 1UL << 62;

    private const ulong CountMask = 0xffff_ffff;
    private const ulong MostReferences = 0x7fff_ffff;

    /// <summary>In the type word: contents are checked and hold references of their own.</summary>
    private const ulong Validated = 1UL << 55;

    /// <summary>In the type word: the first <see cref="FrameInfo.Progress"/> entries hold references, the others do not.</summary>
    private const ulong Partial = 1UL << 54;

    /// <summary>In the type word: an entry leads, or led, to another table of the same level.</summary>
    private const ulong Leading = 1UL << 53;

    /// <summary>In the type word: an entry of another table of the same level leads, or led, here.</summary>
    private const ulong LedTo = 1UL << 52;

    private const ulong Contents = Validated | Partial;
    private const ulong Across = Leading | LedTo;

    private const int TypeShift = 56;

    private const ulong TypeMask = 0xffUL << TypeShift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FrameType TypeOf(ref readonly FrameInfo info) => (FrameType)(byte)(Volatile.Read(in info.Type) >> TypeShift);

    internal static ulong TypeReferences(ref readonly FrameInfo info) => Volatile.Read(in info.Type) & CountMask;

    internal static ulong References(ref readonly FrameInfo info) => Volatile.Read(in info.Count) & CountMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsValidated(ref readonly FrameInfo info) => (Volatile.Read(in info.Type) & Validated) != 0;

    /// <summary>True when some entries of the frame may hold references: a table, whole or in parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasContents(ref readonly FrameInfo info) => (Volatile.Read(in info.Type) & Contents) != 0;

    internal static bool IsPinned(ref readonly FrameInfo info) => (Volatile.Read(in info.Count) & Pinned) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsListed(ref readonly FrameInfo info) => (Volatile.Read(in info.Count) & Listed) != 0;

    /// <summary>True when somebody holds the frame. An entry that leads to a frame without counts leads to a device.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsCounted(ref readonly FrameInfo info) =>
        !Unsafe.IsNullRef(in info) && (Volatile.Read(in info.Count) & CountMask) != 0;

    /// <summary>Takes a general reference if the frame is in use by that domain. Any reference, even a null one, may be passed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryHold(ref FrameInfo info, DomainId owner) => !Unsafe.IsNullRef(ref info) && TryHoldKnown(ref info, owner);

    /// <summary>The same for a reference that is not null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryHoldKnown(ref FrameInfo info, DomainId owner)
    {
        ulong old = Volatile.Read(ref info.Count);
        while (true)
        {
            if (unchecked((old & CountMask) - 1) >= MostReferences - 1)
            {
                return false;
            }

            ulong seen = Interlocked.CompareExchange(ref info.Count, unchecked(old + 1), old);
            if (seen == old)
            {
                break;
            }

            old = seen;
        }

        // The count now keeps state and owner from changing, so they can be looked at.
        if (info.State >= FrameState.Domain && info.Owner == owner)
        {
            return true;
        }

        Drop(ref info);
        return false;
    }

    /// <summary>One more reference on a frame that the caller holds already. False when there are too many.</summary>
    internal static bool TryHoldAgain(ref FrameInfo info) => TryHold(ref info, info.Owner);

    /// <summary>Gives up a general reference; the last one frees the frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Drop(ref FrameInfo info)
    {
        ulong left = Interlocked.Add(ref info.Count, ulong.MaxValue);
        if (unchecked((uint)left - 1) >= MostReferences)
        {
            EndLast(ref info, left);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndLast(ref FrameInfo info, ulong left)
    {
        Bug.Unless((left & CountMask) != CountMask);
        if (left == 0)
        {
            Free(ref info);
        }
    }

    private static void Free(ref FrameInfo info)
    {
        Bug.Unless(!HasContents(in info) && TypeReferences(in info) == 0);
        FrameAllocator.FreeOfDomain(ref info);
    }

    /// <summary>Takes the frame off its domain's list: gives up the reference of the list. Who else refers to it keeps it.</summary>
    internal static void Unlist(ref FrameInfo info)
    {
        if (!HasContents(in info) && Interlocked.CompareExchange(ref info.Count, 0, Listed | 1) == (Listed | 1))
        {
            Bug.Unless(TypeReferences(in info) == 0);
            FrameAllocator.FreeOfDomain(ref info);
            return;
        }

        Linger(ref info);
        Interlocked.And(ref info.Count, ~Listed);
        Drop(ref info);
    }

    /// <summary>From here on the frame counts as one that was given back.</summary>
    internal static void Linger(ref FrameInfo info)
    {
        info.State = FrameState.Lingering;
        LingeringFrames.Add(info.Owner);
    }

    /// <summary>Takes a frame that nobody but its domain's list refers to out of reach: no reference can be taken on it. False: it is not so.</summary>
    internal static bool TryDetach(ref FrameInfo info, DomainId owner)
    {
        if (!TryHold(ref info, owner))
        {
            return false;
        }

        if (!HasContents(in info) && Interlocked.CompareExchange(ref info.Count, 0, Listed | 2) == (Listed | 2))
        {
            return true;
        }

        Drop(ref info);
        return false;
    }

    /// <summary>Lets a frame of the hypervisor be mapped in the name of an owner, but never for writing or as a table. It is never freed again.</summary>
    internal static void Show(ref FrameInfo info, DomainId owner)
    {
        info.Owner = owner;
        info.Progress = 0;
        info.State = FrameState.Domain;
        Volatile.Write(ref info.Type, ((ulong)FrameType.SegmentDescriptors << TypeShift) | 1);
        Volatile.Write(ref info.Count, 1);
    }

    /// <summary>The opposite: the list refers to it again.</summary>
    internal static void Attach(ref FrameInfo info) => Volatile.Write(ref info.Count, Listed | 1);

    /// <summary>Takes a type reference on a frame that the caller holds. EBUSY when it is relied on as something else; EINVAL for a
    /// table that nobody made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Result HoldType(ref FrameInfo info, FrameType type)
    {
        if (type == FrameType.None)
        {
            return Result.Success;
        }

        // What most holds come to: one more where it is used so already. A table has to be whole.
        ulong old = Volatile.Read(ref info.Type);
        ulong required = ((ulong)type << TypeShift) | (IsTable(type) ? Validated : 0);
        bool isUsedSo = (old & (TypeMask | required)) == required && (old & CountMask) < MostReferences;
        return isUsedSo && Interlocked.CompareExchange(ref info.Type, unchecked(old + 1), old) == old ? Result.Success : HoldTypeAnyHow(ref info, type);
    }

    /// <summary>One more writer of a frame that the caller holds and that has some already. False: nothing is taken, <see cref="HoldType"/> may do it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryHoldWritable(ref FrameInfo info)
    {
        ulong old = Volatile.Read(ref info.Type);
        return (old >> TypeShift) == (ulong)FrameType.Writable && (old & CountMask) < MostReferences
            && Interlocked.CompareExchange(ref info.Type, unchecked(old + 1), old) == old;
    }

    private static bool IsTable(FrameType type) => type is >= FrameType.L1Table and <= FrameType.L4Table;

    private static Result HoldTypeAnyHow(ref FrameInfo info, FrameType type)
    {
        bool isTable = IsTable(type);
        ulong old = Volatile.Read(ref info.Type);
        while (true)
        {
            bool isSame = (FrameType)(byte)(old >> TypeShift) == type;
            bool isFree = (old & (CountMask | Contents)) == 0;
            if (isTable && (!isSame || (old & Validated) == 0))
            {
                return isFree ? Errno.Inval : Errno.Busy;
            }

            if ((!isSame && !isFree) || (old & CountMask) >= MostReferences)
            {
                return Errno.Busy;
            }

            ulong wanted = isSame ? old + 1 : ((ulong)type << TypeShift) | 1;
            ulong seen = Interlocked.CompareExchange(ref info.Type, wanted, old);
            if (seen == old)
            {
                return Result.Success;
            }

            old = seen;
        }
    }

    /// <summary>Gives up a type reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void DropType(ref FrameInfo info, FrameType type)
    {
        if (type != FrameType.None)
        {
            DropType(ref info);
        }
    }

    /// <summary>Gives up a type reference that the caller knows of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void DropType(ref FrameInfo info) => Bug.Unless(unchecked((uint)Interlocked.Add(ref info.Type, ulong.MaxValue)) != uint.MaxValue);

    /// <summary>
    /// Makes a frame that nobody relies on a table in the making: locked as that type, not yet to be used. The caller holds it, fills
    /// it and says <see cref="FinishTable"/>. EBUSY when somebody relies on it.
    /// </summary>
    internal static Result TryBecomeTable(ref FrameInfo info, FrameType type)
    {
        ulong old = Volatile.Read(ref info.Type);
        if ((old & (CountMask | Contents)) != 0)
        {
            return Errno.Busy;
        }

        return Interlocked.CompareExchange(ref info.Type, ((ulong)type << TypeShift) | 1, old) == old ? Result.Success : Errno.Busy;
    }

    /// <summary>From here on the table can be used; the reference that the contents hold is the caller's to have taken.</summary>
    internal static void FinishTable(ref FrameInfo info)
    {
        Interlocked.Or(ref info.Type, Validated);
        Interlocked.And(ref info.Type, ~Partial);
    }

    /// <summary>
    /// Begins, or goes on with, looking at a table that the guest has filled: partial, with one type reference that keeps others off.
    /// A fresh one must be given the reference that contents hold. False when it is relied on, whole, or in parts another type.
    /// </summary>
    internal static bool TryOpenTable(ref FrameInfo info, FrameType type, out bool isFresh)
    {
        ulong old = Volatile.Read(ref info.Type);
        isFresh = (old & Partial) == 0;
        bool isSame = (FrameType)(byte)(old >> TypeShift) == type;
        if ((old & (CountMask | Validated)) != 0 || (!isFresh && !isSame))
        {
            return false;
        }

        return Interlocked.CompareExchange(ref info.Type, ((ulong)type << TypeShift) | (isFresh ? 0 : old & Across) | Partial | 1, old) == old;
    }

    /// <summary>True when an entry of the table may lead to another of its own level.</summary>
    internal static bool IsLeading(ref readonly FrameInfo info) => (Volatile.Read(in info.Type) & Leading) != 0;

    /// <summary>
    /// True when an entry of one table may lead to another of the same level. No table ever leads and is led to, so that such entries make no chains
    /// and no rings. Under the lock of the domain that owns both.
    /// </summary>
    internal static bool MayLead(ref readonly FrameInfo from, ref readonly FrameInfo to) =>
        (Volatile.Read(in from.Type) & LedTo) == 0 && (Volatile.Read(in to.Type) & Leading) == 0;

    /// <summary>Notes that one does, for as long as both are tables.</summary>
    internal static void Lead(ref FrameInfo from, ref FrameInfo to)
    {
        Interlocked.Or(ref from.Type, Leading);
        Interlocked.Or(ref to.Type, LedTo);
    }

    /// <summary>Begins to give up the entries of a table that nobody relies on. False when somebody does, or it is none.</summary>
    internal static bool TryReopenTable(ref FrameInfo info)
    {
        ulong old = Volatile.Read(ref info.Type);
        if ((old & CountMask) != 0 || (old & Contents) == 0)
        {
            return false;
        }

        return Interlocked.CompareExchange(ref info.Type, (old & ~Validated) | Partial, old) == old;
    }

    /// <summary>Marks a table as pinned. False: it was.</summary>
    internal static bool TryPin(ref FrameInfo info) => (Interlocked.Or(ref info.Count, Pinned) & Pinned) == 0;

    /// <summary>Takes the mark away. False: there was none.</summary>
    internal static bool TryUnpin(ref FrameInfo info) => (Interlocked.And(ref info.Count, ~Pinned) & Pinned) != 0;

    /// <summary>Ends the use as a table, whose entries are given up. False when somebody still relies on it.</summary>
    internal static bool TryEndTable(ref FrameInfo info)
    {
        ulong old = Volatile.Read(ref info.Type);
        return (old & CountMask) == 0 && Interlocked.CompareExchange(ref info.Type, old & ~(Contents | Across), old) == old;
    }
}
