using System;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Time;

/// <summary>The timers of one CPU, earliest first: a 4-ary heap over storage that the caller lends.</summary>
/// <remarks>
/// A timer is a name and a deadline, never a callback: when it expires, the dispatcher hands the name to the layer that owns it.
/// The owner keeps a <see cref="TimerHandle"/>; because the queue compares names, a handle that has gone stale (the timer fired, its
/// slot serves another) is refused, not believed. Arming, re-arming and cancelling cost O(log n); the earliest deadline O(1).
/// Timers with equal deadlines fire in the order in which they were armed; re-arming counts as arming.
/// A full queue refuses; nothing here allocates. The caller holds the lock that guards the state, if it is shared.
/// </remarks>
public readonly ref struct TimerQueue
{
    private const int Arity = 4;

    private readonly ref TimerQueueState _state;
    private readonly Span<TimerEntry> _entries;

    /// <summary>A view of one queue.</summary>
    /// <param name="state">Zero when the queue is first used.</param>
    /// <param name="storage">The same cells every time; their content does not matter at first. May be longer than before, never shorter.</param>
    public TimerQueue(ref TimerQueueState state, Span<TimerEntry> storage)
    {
        _state = ref state;
        _entries = storage;
    }

    /// <summary>How many timers are armed.</summary>
    public int Count => _state.Count;

    /// <summary>The earliest deadline, or <see cref="Instant.Never"/>.</summary>
    public Instant Next => _state.Count == 0 ? Instant.Never : At(0).Deadline;

    /// <summary>Arms a timer, or moves it if it is armed; <see cref="Instant.Never"/> cancels it.</summary>
    /// <param name="handle">The owner's record of this timer; updated.</param>
    /// <param name="name">The same name every time for one handle.</param>
    /// <param name="deadline">When to fire; a time that is past fires at the next expiry.</param>
    /// <returns>False when the storage is full; the timer is then not armed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryArm(ref TimerHandle handle, TimerName name, Instant deadline)
    {
        if (_state.Count != 1 || deadline == Instant.Never || !TryFind(handle, name, out int slot))
        {
            return TryArmAny(ref handle, name, deadline);
        }

        // The only one is moved: it stays the first.
        ref TimerEntry entry = ref _entries[slot];
        entry.Deadline = deadline;
        entry.Order = unchecked(++_state.Armed);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryArmAny(ref TimerHandle handle, TimerName name, Instant deadline)
    {
        if (deadline == Instant.Never)
        {
            Cancel(ref handle, name);
            return true;
        }

        if (!TryFind(handle, name, out int slot))
        {
            if (!TryTakeSlot(out slot))
            {
                return false;
            }

            _entries[slot].Name = name;
            Put(slot, _state.Count);
            _state.Count++;
            handle = new TimerHandle(slot);
        }

        ref TimerEntry entry = ref _entries[slot];
        entry.Deadline = deadline;
        entry.Order = unchecked(++_state.Armed);
        Settle(slot);
        return true;
    }

    /// <summary>Disarms a timer. False when it was not armed.</summary>
    public bool Cancel(ref TimerHandle handle, TimerName name)
    {
        bool armed = TryFind(handle, name, out int slot);
        handle = TimerHandle.None;
        if (armed)
        {
            RemoveAt(_entries[slot].Place);
        }

        return armed;
    }

    /// <summary>When this timer is due; <see cref="Instant.Never"/> when it is not armed.</summary>
    public Instant DeadlineOf(TimerHandle handle, TimerName name) =>
        TryFind(handle, name, out int slot) ? _entries[slot].Deadline : Instant.Never;

    /// <summary>Takes the earliest timer out if it is due. Called until it says false.</summary>
    public bool TryExpire(Instant now, out ExpiredTimer expired)
    {
        if (_state.Count == 0 || At(0).Deadline > now)
        {
            expired = default;
            return false;
        }

        expired = new ExpiredTimer(At(0).Name, At(0).Deadline);
        RemoveAt(0);
        return true;
    }

    /// <summary>For a dump: the timer at one place of the heap, from 0 to <see cref="Count"/> - 1, in no useful order.</summary>
    public ExpiredTimer Peek(int place) => place < _state.Count ? new(At(place).Name, At(place).Deadline) : default;

    private ref TimerEntry At(int place) => ref _entries[_entries[place].SlotAtPlace];

    private bool TryFind(TimerHandle handle, TimerName name, out int slot) =>
        handle.TrySlot(_state.Used, out slot) && _entries[slot].Name == name;

    private bool TryTakeSlot(out int slot)
    {
        if (_state.FreeAndOne != 0)
        {
            slot = _state.FreeAndOne - 1;
            _state.FreeAndOne = _entries[slot].Place;
            return true;
        }

        slot = _state.Used;
        if (slot >= _entries.Length)
        {
            return false;
        }

        _state.Used++;
        return true;
    }

    private void RemoveAt(int place)
    {
        int slot = _entries[place].SlotAtPlace;
        int last = _entries[_state.Count - 1].SlotAtPlace;
        _state.Count--;
        _entries[slot].Name = default;
        if (slot != last)
        {
            Put(last, place);
            Settle(last);
        }

        _entries[slot].Place = _state.FreeAndOne;
        _state.FreeAndOne = slot + 1;
    }

    private void Put(int slot, int place)
    {
        _entries[place].SlotAtPlace = slot;
        _entries[slot].Place = place;
    }

    /// <summary>Moves one timer to where its deadline belongs.</summary>
    private void Settle(int slot)
    {
        int place = RaiseHole(_entries[slot].Place, slot);
        Put(slot, LowerHole(place, slot));
    }

    private int RaiseHole(int place, int slot)
    {
        while (place > 0)
        {
            int above = (place - 1) / Arity;
            int other = _entries[above].SlotAtPlace;
            if (!IsBefore(slot, other))
            {
                break;
            }

            Put(other, place);
            place = above;
        }

        return place;
    }

    private int LowerHole(int place, int slot)
    {
        while (place <= (_state.Count - 2) / Arity)
        {
            int first = (place * Arity) + 1;
            int end = Math.Min(first + Arity, _state.Count);
            int best = slot;
            for (int child = first; child < end; child++)
            {
                int candidate = _entries[child].SlotAtPlace;
                best = IsBefore(candidate, best) ? candidate : best;
            }

            if (best == slot)
            {
                break;
            }

            int hole = _entries[best].Place;
            Put(best, place);
            place = hole;
        }

        return place;
    }

    private bool IsBefore(int left, int right)
    {
        ref TimerEntry one = ref _entries[left];
        ref TimerEntry two = ref _entries[right];
        return one.Deadline < two.Deadline || (one.Deadline == two.Deadline && one.Order < two.Order);
    }
}
