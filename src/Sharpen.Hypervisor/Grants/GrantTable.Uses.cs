using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Grants;

/// <summary>Who uses which grant. The domain may change an entry at any time, so a change of its flags is one compare-and-exchange.</summary>
public partial struct GrantTable
{
    private const int Attempts = 5;
    private const int AttemptsToClear = 1000;
    private const uint MostUses = 1U << 30;

    /// <summary>Begins a use of a grant, which its domain can see from now on, until <see cref="EndUse"/>.</summary>
    /// <param name="held"><see cref="Lock"/>.</param>
    /// <param name="reference">Any number.</param>
    /// <param name="user">Who wants to.</param>
    /// <param name="isWritable">Whether to write as well.</param>
    /// <param name="isMapping">Whether for more than a copy.</param>
    /// <param name="frame">The frame, as the domain says: not known to be its own.</param>
    /// <returns><see cref="GrantStatus.BadReference"/>: there is no such entry; <see cref="GrantStatus.GeneralError"/>: it does not allow that.</returns>
    public readonly GrantStatus TryUse(scoped in Locked<GrantRank> held, uint reference, DomainId user, bool isWritable, bool isMapping, out Mfn frame)
    {
        _ = held;
        frame = Mfn.Invalid;
        if (reference >= Entries)
        {
            return GrantStatus.BadReference;
        }

        ref ActiveGrant active = ref _active[(int)reference];
        bool isUsed = active.IsUsed;
        if ((isUsed && active.Domain != user.Value) || active.Readers >= MostUses || active.Writers >= MostUses)
        {
            return GrantStatus.GeneralError;
        }

        Span<uint> entry = EntryOf(reference);
        bool isMarked = isUsed && (!isWritable || active.Writers != 0);
        if (!isMarked && !TryMark(ref entry[FlagsWord], user, isWritable, isMapping))
        {
            return GrantStatus.GeneralError;
        }

        if (!isUsed)
        {
            active.Domain = user.Value;
            active.Frame = Volatile.Read(ref entry[FrameWord]);
        }

        active.Readers += isWritable ? 0U : 1;
        active.Writers += isWritable ? 1U : 0;
        frame = new Mfn(active.Frame);
        return GrantStatus.Okay;
    }

    /// <summary>Ends a use that <see cref="TryUse"/> began.</summary>
    public readonly void EndUse(scoped in Locked<GrantRank> held, uint reference, bool isWritable)
    {
        _ = held;
        ref ActiveGrant active = ref _active[(int)reference];
        active.Readers -= isWritable ? 0U : 1;
        active.Writers -= isWritable ? 1U : 0;
        GrantFlags over = active.Writers == 0 && isWritable ? GrantFlags.Writing : GrantFlags.None;
        over |= active.IsUsed ? GrantFlags.None : GrantFlags.Reading;
        if (over != GrantFlags.None)
        {
            Clear(ref WordOf(reference, FlagsWord), over);
        }
    }

    /// <summary>Exchanges two entries. <see cref="GrantStatus.BadReference"/>: there is no such entry; <see cref="GrantStatus.Again"/>: one is in use.</summary>
    public readonly GrantStatus Swap(scoped in Locked<GrantRank> held, uint first, uint second)
    {
        _ = held;
        if (first >= Entries || second >= Entries)
        {
            return GrantStatus.BadReference;
        }

        if (first == second)
        {
            return GrantStatus.Okay;
        }

        if (_active[(int)first].IsUsed || _active[(int)second].IsUsed)
        {
            return GrantStatus.Again;
        }

        for (int word = 0; word < WordsPerEntry; word++)
        {
            uint old = Volatile.Read(ref WordOf(first, word));
            Volatile.Write(ref WordOf(first, word), Volatile.Read(ref WordOf(second, word)));
            Volatile.Write(ref WordOf(second, word), old);
        }

        return GrantStatus.Okay;
    }

    /// <summary>For tests: how many uses of a grant are noted.</summary>
    internal readonly ulong UsesOf(uint reference) => (ulong)_active[(int)reference].Readers + _active[(int)reference].Writers;

    // The user and the permission must be right at the moment at which the use is noted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryMark(ref uint word, DomainId user, bool isWritable, bool isMapping)
    {
        GrantFlags mask = GrantFlags.TypeMask | (isMapping ? GrantFlags.SubPage : GrantFlags.None) | (isWritable ? GrantFlags.ReadOnly : GrantFlags.None);
        uint noted = (uint)(isWritable ? GrantFlags.Reading | GrantFlags.Writing : GrantFlags.Reading);
        uint old = Volatile.Read(ref word);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if ((old >> DomainShift) != user.Value || ((GrantFlags)(old & ushort.MaxValue) & mask) != GrantFlags.PermitAccess)
            {
                return false;
            }

            uint seen = Interlocked.CompareExchange(ref word, old | noted, old);
            if (seen == old)
            {
                return true;
            }

            old = seen;
        }

        return false;
    }

    // A domain that changes its entry so often that this gives up sees a use that is over: its own loss.
    private static void Clear(ref uint word, GrantFlags flags)
    {
        uint old = Volatile.Read(ref word);
        for (int attempt = 0; attempt < AttemptsToClear; attempt++)
        {
            uint seen = Interlocked.CompareExchange(ref word, old & ~(uint)flags, old);
            if (seen == old)
            {
                return;
            }

            old = seen;
        }
    }
}
