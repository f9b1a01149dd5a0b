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
    private const int AttemptsToChange = 1000;
    private const uint MostUses = 1U << 30;

    /// <summary>Begins a use of a grant, which its domain can see from now on, until <see cref="EndUse"/>.</summary>
    /// <param name="held"><see cref="Lock"/>.</param>
    /// <param name="reference">Any number.</param>
    /// <param name="user">Who wants to.</param>
    /// <param name="isWritable">Whether to write as well.</param>
    /// <param name="frame">The frame, as the domain says: not known to be its own.</param>
    /// <returns><see cref="GrantStatus.BadReference"/>: there is no such entry; <see cref="GrantStatus.GeneralError"/>: it does not allow that.</returns>
    public readonly GrantStatus TryUse(scoped in Locked<GrantRank> held, uint reference, DomainId user, bool isWritable, out Mfn frame)
    {
        GrantStatus status = Begin(held, reference, user, isWritable, GrantFlags.TypeMask | GrantFlags.SubPage);
        frame = status == GrantStatus.Okay ? new Mfn(_active[(int)reference].Frame) : Mfn.Invalid;
        return status;
    }

    /// <summary>The same for a copy, which may be of a part of a page, or of what another domain grants to this one.</summary>
    public readonly GrantStatus TryUseToCopy(scoped in Locked<GrantRank> held, uint reference, DomainId user, bool isWritable, out GrantPart part)
    {
        part = GrantPart.Whole;
        bool isPassedOn = _isSecond && reference < Entries && (GrantFlags)(HeadOf(reference) & (uint)GrantFlags.TypeMask) == GrantFlags.Transitive;
        GrantStatus status = Begin(held, reference, user, isWritable, isPassedOn ? GrantFlags.None : GrantFlags.TypeMask);
        if (status != GrantStatus.Okay)
        {
            return status;
        }

        ref ActiveGrant active = ref _active[(int)reference];
        part.Frame = new Mfn(active.Frame);
        if (!_isSecond)
        {
            return status;
        }

        uint described = Volatile.Read(ref WordOf(reference, PartWord));
        if (active.IsPassedOn)
        {
            part.Domain = new DomainId((ushort)(described & ushort.MaxValue));
            part.Reference = Volatile.Read(ref WordOf(reference, SecondFrameWord));
        }
        else if ((HeadOf(reference) & (uint)GrantFlags.SubPage) != 0)
        {
            part.Offset = (ushort)(described & ushort.MaxValue);
            part.Length = (ushort)(described >> DomainShift);
        }

        return status;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly GrantStatus Begin(scoped in Locked<GrantRank> held, uint reference, DomainId user, bool isWritable, GrantFlags mask)
    {
        _ = held;
        if (reference >= Entries)
        {
            return GrantStatus.BadReference;
        }

        ref ActiveGrant active = ref _active[(int)reference];
        bool isUsed = active.IsUsed;
        bool isPassedOn = mask == GrantFlags.None;
        if ((isUsed && (active.Domain != user.Value || active.IsPassedOn != isPassedOn)) || active.Readers >= MostUses || active.Writers >= MostUses)
        {
            return GrantStatus.GeneralError;
        }

        Span<uint> entry = EntryOf(reference);
        bool isMarked = isUsed && (!isWritable || active.Writers != 0);
        if (!isMarked && !TryMark(ref entry[HeadWord], reference, user, isWritable, mask, isUsed))
        {
            return GrantStatus.GeneralError;
        }

        if (!isUsed)
        {
            active.Domain = user.Value;
            active.IsPassedOn = isPassedOn;
            active.Frame = isPassedOn ? uint.MaxValue : FrameOf(entry);
        }

        active.Readers += isWritable ? 0U : 1;
        active.Writers += isWritable ? 1U : 0;
        return GrantStatus.Okay;
    }

    /// <summary>Ends a use that <see cref="TryUse"/> or <see cref="TryUseToCopy"/> began.</summary>
    public readonly void EndUse(scoped in Locked<GrantRank> held, uint reference, bool isWritable)
    {
        _ = held;
        ref ActiveGrant active = ref _active[(int)reference];
        active.Readers -= isWritable ? 0U : 1;
        active.Writers -= isWritable ? 1U : 0;
        GrantFlags over = active.Writers == 0 && isWritable ? GrantFlags.Writing : GrantFlags.None;
        over |= active.IsUsed ? GrantFlags.None : GrantFlags.Reading;
        if (over == GrantFlags.None)
        {
            return;
        }

        if (_isSecond)
        {
            ChangeStatus(reference, over, GrantFlags.None);
        }
        else
        {
            Change(ref WordOf(reference, HeadWord), (uint)over, 0);
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

        for (int word = 0; word < 1 << (WordsShift - EntryShift); word++)
        {
            uint old = Volatile.Read(ref WordOf(first, word));
            Volatile.Write(ref WordOf(first, word), Volatile.Read(ref WordOf(second, word)));
            Volatile.Write(ref WordOf(second, word), old);
        }

        return GrantStatus.Okay;
    }

    /// <summary>For tests: how many uses of a grant are noted.</summary>
    internal readonly ulong UsesOf(uint reference) => (ulong)_active[(int)reference].Readers + _active[(int)reference].Writers;

    // The user and the permission must be right at the moment at which the use is noted. What is noted elsewhere is checked once more afterwards.
    private readonly bool TryMark(ref uint word, uint reference, DomainId user, bool isWritable, GrantFlags mask, bool isUsed)
    {
        GrantFlags wanted = mask == GrantFlags.None ? GrantFlags.Transitive : GrantFlags.PermitAccess;
        mask |= GrantFlags.TypeMask | (isWritable ? GrantFlags.ReadOnly : GrantFlags.None);
        GrantFlags noted = isWritable ? GrantFlags.Reading | GrantFlags.Writing : GrantFlags.Reading;
        uint old = Volatile.Read(ref word);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if ((old >> DomainShift) != user.Value || ((GrantFlags)(old & ushort.MaxValue) & mask) != wanted)
            {
                break;
            }

            if (_isSecond)
            {
                ChangeStatus(reference, GrantFlags.None, noted);
            }

            uint seen = Interlocked.CompareExchange(ref word, _isSecond ? old : old | (uint)noted, old);
            if (seen == old)
            {
                return true;
            }

            old = seen;
        }

        if (_isSecond)
        {
            ChangeStatus(reference, isUsed ? noted & GrantFlags.Writing : noted, GrantFlags.None);
        }

        return false;
    }
}
